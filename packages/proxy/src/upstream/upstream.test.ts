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

/** Requests that wait behind those of a crowd, in their order. */
function queue(upstream: Upstream, length: number): Seeker[] {
  return Array.from({ length }, () => {
    const seeker = new Seeker();
    expect(upstream.seek(seeker, true, 0)).toBeNull();
    return seeker;
  });
}

const givenOf = (seekers: readonly Seeker[]) => seekers.filter(({ given }) => given !== null).length;
/** Resolves once what the turn of the event loop under way has left to do is done. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("only so many connections are begun in one turn of the event loop", async () => {
  const target = await upstream();
  const { made } = crowded(target);
  const waiting = queue(target, 6);
  expect(made).toHaveLength(4);
  await turn();
  expect(givenOf(waiting)).toBe(3);
});

test("no more than one is begun where connections come back to those that wait", async () => {
  const target = await upstream();
  const { made, waiting: first } = crowded(target);
  const others = queue(target, 6);
  target.giveBack(made[0] as UpstreamConnection, 0);
  await turn();
  expect(first.given).toBe(made[0]);
  expect(givenOf(others)).toBe(1);
  expect(made).not.toContain(others[0]?.given);
});

test("as many as before are once none comes back", async () => {
  const target = await upstream();
  const { made } = crowded(target);
  const waiting = queue(target, 6);
  target.giveBack(made[0] as UpstreamConnection, 0);
  await turn();
  const before = givenOf(waiting);
  await turn();
  expect(givenOf(waiting) - before).toBe(4);
});

test("connections of a target that drains are closed a few in each turn of the event loop", async () => {
  const target = await upstream();
  const { made, waiting } = crowded(target);
  target.forgetSeeker(waiting);
  for (const connection of made) target.giveBack(connection, 0);
  target.closeIdle();
  const closed = () => made.filter(({ isDead }) => isDead).length;
  expect(closed()).toBe(0);
  await turn();
  expect(closed()).toBe(2);
  await turn();
  expect(closed()).toBe(4);
});

test("connections that their target has ended are closed at once, however many", async () => {
  const target = await upstream();
  const { made, waiting } = crowded(target);
  target.forgetSeeker(waiting);
  for (const connection of made) {
    connection.isDead = true;
    target.giveBack(connection, 0);
  }
  expect(made.filter(({ socket }) => socket.destroyed)).toHaveLength(made.length);
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

test("else it gets one of its own, in a later turn", async () => {
  const target = await upstream();
  const { made, waiting } = crowded(target);
  await waiting.arrived.promise;
  expect(made).not.toContain(waiting.given);
});

test("a request that has ended is given none", async () => {
  const target = await upstream();
  const { made, waiting } = crowded(target);
  target.forgetSeeker(waiting);
  target.giveBack(made[0] as UpstreamConnection, 0);
  expect(waiting.given).toBeNull();
});
