import { beforeEach, expect, test } from "vitest";
import { FakeClock } from "../../testing/fake-clock.ts";
import type { CertificatePair } from "../pair.ts";
import { selfSigned } from "../testing/self-signed.ts";
import { CertificateKeeper } from "./keeper.ts";
import type { ChallengeType } from "./settings.ts";

const minute = 60_000;
const hour = 60 * minute;
const started = Date.now();

/** A fake clock in the time in which the certificates are valid. */
class Today extends FakeClock {
  override now(): number {
    return started + this.elapsed();
  }
}

/** Valid for two days, so due after 32 hours. */
const [first, second] = [selfSigned("a.example"), selfSigned("a.example")];

let clock: Today;
let kept: Map<string, CertificatePair>;
let claimed: Set<string>;
let installed: [string, CertificatePair][];
let orders: { host: string; challenge: ChallengeType }[];
let issue: (host: string) => Promise<CertificatePair>;
let log: { event: string; facts: Record<string, unknown> }[];
let keeper: CertificateKeeper;

beforeEach(() => {
  clock = new Today();
  [kept, claimed, installed, orders, log] = [new Map(), new Set(), [], [], []];
  issue = async () => (installed.length === 0 ? first : second);
  keeper = new CertificateKeeper({
    // In memory, where the real ones are files.
    files: {
      read: async (host) => kept.get(host) ?? null,
      write: async (host, pair) => void kept.set(host, pair),
      claim: async (host) => {
        if (claimed.has(host)) return null;
        claimed.add(host);
        return async () => void claimed.delete(host);
      },
    },
    issuer: {
      issue: (host, challenge) => {
        orders.push({ host, challenge });
        return issue(host);
      },
    },
    challenges: ["http-01", "tls-alpn-01"],
    install: (host, pair) => installed.push([host, pair]),
    clock,
    random: () => 0,
    log: (event, facts = {}) => log.push({ event, facts }),
  });
});

test("gets a certificate for a host that has none, keeps it and puts it to use", async () => {
  keeper.list(["a.example"]);
  await clock.pass(0);
  expect(installed).toEqual([["a.example", first]]);
  expect(kept.get("a.example")).toBe(first);
});

test("uses what was kept, and orders nothing", async () => {
  kept.set("a.example", first);
  keeper.list(["a.example"]);
  await clock.pass(31 * hour);
  expect(installed).toEqual([["a.example", first]]);
  expect(orders).toEqual([]);
});

test("renews at two thirds of the life, and only then", async () => {
  keeper.list(["a.example"]);
  await clock.pass(31 * hour);
  expect(installed).toHaveLength(1);
  await clock.pass(2 * hour);
  expect(installed.at(-1)).toEqual(["a.example", second]);
});

test("goes on with the old one while renewing fails, trying less and less often", async () => {
  keeper.list(["a.example"]);
  await clock.pass(31 * hour);
  issue = async () => {
    throw new Error("rate limited");
  };
  await clock.pass(3 * hour);
  expect(installed.every(([, pair]) => pair === first)).toBe(true);
  expect(
    log.filter(({ event }) => event === "certificate.failed").map(({ facts }) => facts["failures"]),
  ).toEqual([1, 2, 3, 4, 5]);
});

test("tries the other challenge after a failure", async () => {
  issue = async () => {
    throw new Error("connection refused");
  };
  keeper.list(["a.example"]);
  await clock.pass(10 * minute);
  expect(orders.map(({ challenge }) => challenge)).toEqual(["http-01", "tls-alpn-01"]);
  expect(log[0]?.facts).toMatchObject({ host: "a.example", problem: "connection refused" });
});

test("leaves the order to another proxy on the same folder, and uses what that got", async () => {
  claimed.add("a.example");
  keeper.list(["a.example"]);
  await clock.pass(0);
  expect(installed).toEqual([]);
  kept.set("a.example", second);
  await clock.pass(minute);
  expect(installed).toEqual([["a.example", second]]);
  expect(orders).toEqual([]);
});

test("a proxy that stops within an order leaves it at once to the one that comes after it", async () => {
  issue = () => new Promise(() => {});
  keeper.list(["a.example"]);
  await clock.pass(0);
  expect([...claimed]).toEqual(["a.example"]);
  await keeper.stop();
  expect([...claimed]).toEqual([]);
});

test("forgets a host that is listed no more, but not one that a client asked for", async () => {
  keeper.list(["a.example"]);
  await keeper.add("b.example");
  keeper.list([]);
  expect([keeper.has("a.example"), keeper.has("b.example")]).toEqual([false, true]);
});

test("has at most four orders under way at once", async () => {
  issue = () => new Promise(() => undefined);
  keeper.list(Array.from({ length: 9 }, (_, i) => `${i}.example`));
  await clock.pass(hour);
  expect(orders).toHaveLength(4);
});

test("asks only once an hour where certificates are due as soon as they come", async () => {
  keeper.list(["a.example"]);
  await clock.pass(36 * hour);
  expect(orders.length).toBeLessThanOrEqual(1 + 5);
});

test("orders nothing more once it was stopped", async () => {
  keeper.list(["a.example"]);
  await clock.pass(0);
  await keeper.stop();
  await clock.pass(40 * hour);
  expect(orders).toHaveLength(1);
});
