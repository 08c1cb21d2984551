import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ask } from "../control/client.ts";
import { RawClient } from "../testing/harness.ts";
import { answering, type Origin } from "../testing/origin.ts";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

let origin: Origin;
let supervisor: ChildProcess;
/** What the serving worker said of itself. */
let worker: { pid: number };
/** What the one that holds the sockets said. */
let holder: { pid: number };
let socket: string;
let port: number;

/** A port that was free a moment ago: workers share a port by its number, so 0 would not do. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), "cutover-supervisor-"));
  socket = join(directory, "control");
  port = await freePort();
  const listen = ["--http-port", `${port}`, "--https-port", `${await freePort()}`];
  supervisor = spawn(
    process.execPath,
    [main, "run", ...listen, "--socket", socket, "--state", join(directory, "state")],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const held = said("supervisor.sockets-held");
  worker = await said("proxy.started");
  holder = await held;
  origin = await answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  const prepared = { service: "app", candidate: "r1", targets: [origin.target], options: { hosts: [] } };
  await ask(socket, "p", "prepare", { ...prepared, health: {}, deadlineMs: 5_000, expiresMs: 60_000 });
  await ask(socket, "c", "commit", { service: "app", candidate: "r1", drainTimeoutMs: 1_000 });
}, 60_000);

afterEach(async () => {
  origin.close();
  if (supervisor.exitCode !== null) return;
  const ended = new Promise((resolve) => supervisor.once("exit", resolve));
  supervisor.kill("SIGKILL");
  await ended;
});

/** Waits for the next line that tells of an event; its facts. */
function said(event: string): Promise<{ pid: number }> {
  return new Promise((resolve) => {
    const take = (chunk: Buffer) => {
      const line = String(chunk)
        .split("\n")
        .find((each) => each.includes(`"event":"${event}"`));
      if (line === undefined) return;
      supervisor.stdout?.off("data", take);
      resolve(JSON.parse(line));
    };
    supervisor.stdout?.on("data", take);
  });
}

const get = async () =>
  (await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: "close" } })).status;

test("a worker is replaced without one refused or failed request, and keeps what was committed", async () => {
  let ended = false;
  let requests = 0;
  const failures: unknown[] = [];
  const load = (async () => {
    while (!ended) {
      requests += 1;
      const status = await get().catch((error: Error) => error.cause ?? error);
      if (status !== 200) failures.push(status);
    }
  })();
  for (let time = 0; time < 3; time += 1) {
    const replaced = said("supervisor.replaced");
    await ask(socket, `r${time}`, "replace", {});
    await replaced;
  }
  ended = true;
  await load;
  expect(failures).toEqual([]);
  expect(requests).toBeGreaterThan(3);
}, 60_000);

test("a connection kept alive with the worker that was replaced never sees an older release", async () => {
  const next = await answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew");
  const client = new RawClient(port);
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.until("ok");
  await ask(socket, "r", "replace", {});
  const prepared = { service: "app", candidate: "r2", targets: [next.target], options: { hosts: [] } };
  await ask(socket, "p2", "prepare", { ...prepared, health: {}, deadlineMs: 5_000, expiresMs: 60_000 });
  await ask(socket, "c2", "commit", { service: "app", candidate: "r2", drainTimeoutMs: 1_000 });
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await client.closed;
  expect(client.received.match(/ok|new/g)).toEqual(["ok"]);
  next.close();
}, 60_000);

test("a program that anyone may write is refused, and what serves goes on serving", async () => {
  const replaced = ask(socket, "r", "replace", { program: tmpdir() });
  await expect(replaced).rejects.toMatchObject({ code: "not-replaced", field: "program" });
  expect(await get()).toBe(200);
}, 60_000);

test("a worker that is killed is followed by another with the same routes", async () => {
  const started = said("proxy.started");
  process.kill(worker.pid, "SIGKILL");
  await started;
  expect(await get()).toBe(200);
}, 60_000);

test("who connects while no worker lives waits for the next one", async () => {
  const ended = said("supervisor.worker-ended");
  process.kill(worker.pid, "SIGKILL");
  await ended;
  expect(await Promise.all([get(), get(), get()])).toEqual([200, 200, 200]);
}, 60_000);

test("whoever holds the sockets can die as well: another takes its place, and nothing is noticed", async () => {
  const held = said("supervisor.sockets-held");
  process.kill(holder.pid, "SIGKILL");
  expect(await get()).toBe(200);
  await held;
  const ended = said("supervisor.worker-ended");
  process.kill(worker.pid, "SIGKILL");
  await ended;
  expect(await get()).toBe(200);
}, 60_000);

test("told to end, it leaves no process behind", async () => {
  const ended = new Promise((resolve) => supervisor.once("exit", resolve));
  supervisor.kill("SIGTERM");
  expect(await ended).toBe(0);
  for (const { pid } of [worker, holder]) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
}, 60_000);
