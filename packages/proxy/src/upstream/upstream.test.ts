import { afterEach, expect, test } from "vitest";
import { answering, type Origin } from "../testing/origin.ts";
import type { UpstreamConnection } from "./connection.ts";
import { type ConnectionSeeker, Upstream } from "./upstream.ts";

let origin: Origin | null = null;

afterEach(() => {
  origin?.close();
  origin = null;
});

class Seeker implements ConnectionSeeker {
  given: UpstreamConnection | null = null;
  readonly arrived = Promise.withResolvers<void>();

  onConnection(connection: UpstreamConnection): void {
    this.given = connection;
    this.arrived.resolve();
  }
}

/** Seeks until one has to wait. */
function crowded(upstream: Upstream): { made: UpstreamConnection[]; waiting: Seeker } {
  const made: UpstreamConnection[] = [];
  for (;;) {
    const waiting = new Seeker();
    const connection = upstream.seek(waiting, true, 0);
    if (connection === null) return { made, waiting };
    made.push(connection);
  }
}

async function upstream(): Promise<Upstream> {
  origin = await answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  return new Upstream({ host: "127.0.0.1", port: origin.port });
}

test("only so many connections are made at a time", async () => {
  const { made } = crowded(await upstream());
  expect(made).toHaveLength(8);
});

test("a request that waits gets a connection that another is done with", async () => {
  const target = await upstream();
  const { made, waiting } = crowded(target);
  const [first] = made as [UpstreamConnection];
  target.giveBack(first, 0);
  expect(waiting.given).toBe(first);
});

test("it gets it also when its target drains meanwhile", async () => {
  const target = await upstream();
  const { made, waiting } = crowded(target);
  target.closeIdle();
  target.giveBack(made[0] as UpstreamConnection, 0);
  expect(waiting.given).toBe(made[0]);
});

test("it gets none that its target may be closing", async () => {
  const target = await upstream();
  const { made, waiting } = crowded(target);
  const [first] = made as [UpstreamConnection];
  first.keptMs = 0;
  target.giveBack(first, 0);
  expect(waiting.given).toBeNull();
});

test("else it gets one of its own, once another has been made", async () => {
  const target = await upstream();
  const { made, waiting } = crowded(target);
  await waiting.arrived.promise;
  expect(made).not.toContain(waiting.given);
});

test("or could not be made", async () => {
  const target = await upstream();
  origin?.close();
  const { waiting } = crowded(target);
  await waiting.arrived.promise;
  expect(waiting.given).not.toBeNull();
});

test("a request that has ended is given none", async () => {
  const target = await upstream();
  const { made, waiting } = crowded(target);
  target.forgetSeeker(waiting);
  target.giveBack(made[0] as UpstreamConnection, 0);
  expect(waiting.given).toBeNull();
});
