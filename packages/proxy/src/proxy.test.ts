import { mkdtemp, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "./clock.ts";
import { ask } from "./control/client.ts";
import type { PrepareParams, Verb, Verbs } from "./control/protocol.ts";
import { probe } from "./gate/probe.ts";
import { type ProxySettings, type RunningProxy, startProxy } from "./proxy.ts";
import { someAcme } from "./testing/acme.ts";

let settings: ProxySettings;
let proxy: RunningProxy;
const apps: Server[] = [];
let asked = 0;

beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), "cutover-proxy-"));
  settings = {
    httpPort: 0,
    httpsPort: 0,
    acme: someAcme(directory),
    stateDirectory: join(directory, "state"),
    socketPath: join(directory, "control"),
  };
  proxy = await start();
});

afterEach(async () => {
  await proxy.close(0);
  for (const app of apps.splice(0)) app.close().closeAllConnections();
});

const start = () => startProxy(settings, { log: () => {}, clock: systemClock, probe });

/** A real web server that answers its name, or waits where it is asked for `/slow`. */
async function anApp(name: string): Promise<{ target: string; release: () => void; stop: () => void }> {
  const gate = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    if (request.url === "/slow") await gate.promise;
    response.end(`${name} ${request.url}`);
  });
  apps.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => server.close().closeAllConnections();
  return { target: `127.0.0.1:${(server.address() as AddressInfo).port}`, release: gate.resolve, stop };
}

function tell<V extends Verb>(verb: V, params: Verbs[V]["params"], id?: string): Promise<Verbs[V]["result"]> {
  asked += 1;
  return ask(settings.socketPath, id ?? `q${asked}`, verb, params);
}

const preparation = (
  candidate: string,
  target: string,
  changes: Partial<PrepareParams> = {},
): PrepareParams => ({
  service: "app",
  candidate,
  targets: [target],
  options: { hosts: [] },
  health: {},
  deadlineMs: 2_000,
  expiresMs: 60_000,
  ...changes,
});

async function deployed(name: string) {
  const app = await anApp(name);
  await tell("prepare", preparation(name, app.target));
  const made = await tell("commit", { service: "app", candidate: name, drainTimeoutMs: 5_000 });
  return { ...app, made };
}

const get = async (path = "/") => {
  const response = await fetch(`http://127.0.0.1:${proxy.httpPort}${path}`);
  return { status: response.status, body: await response.text() };
};

test("nothing is routed before anything is committed", async () => {
  const app = await anApp("r1");
  await tell("prepare", preparation("r1", app.target));
  expect((await get()).status).toBe(404);
});

test("a committed candidate answers", async () => {
  await deployed("r1");
  expect(await get("/hello")).toEqual({ status: 200, body: "r1 /hello" });
});

test("a switch sends every later request to the new target, and lets the earlier ones end", async () => {
  const old = await deployed("r1");
  const slow = get("/slow");
  await expect.poll(async () => (await tell("list", {})).services[0]?.active?.inFlight).toBe(1);
  const { made } = await deployed("r2");
  expect((await get()).body).toBe("r2 /");
  expect(await tell("receipt", { service: "app", switch: made.switch, wait: "now" })).toMatchObject({
    state: "draining",
    inFlight: 1,
  });
  const receipt = tell("receipt", { service: "app", switch: made.switch, wait: "drained" });
  old.release();
  expect((await slow).body).toBe("r1 /slow");
  expect(await receipt).toMatchObject({
    state: "drained",
    inFlight: 1,
    drained: 1,
    cut: 0,
    from: "r1",
    to: "r2",
  });
});

test("a receipt tells how long the gate and the writing took; a revert has no gate", async () => {
  const { made } = await deployed("r1");
  const { phases } = await tell("receipt", { service: "app", switch: made.switch, wait: "drained" });
  expect(phases).toEqual({ gateMs: expect.any(Number), writeMs: expect.any(Number) });
  const undone = await tell("revert", { service: "app", switch: made.switch, drainTimeoutMs: 1_000 });
  const receipt = await tell("receipt", { service: "app", switch: undone.switch, wait: "drained" });
  expect(receipt.phases?.gateMs).toBeNull();
});

test("a receipt tells how long answers took before the switch and after it", async () => {
  await deployed("r1");
  await get();
  await get();
  const { made } = await deployed("r2");
  await get();
  const { durations } = await tell("receipt", { service: "app", switch: made.switch, wait: "drained" });
  const sum = (counts: number[] = []) => counts.reduce((total, count) => total + count, 0);
  expect([sum(durations?.before), sum(durations?.after)]).toEqual([2, 1]);
});

test("what outlasts the drain limit without an answer is told so, and counted as cut", async () => {
  await deployed("r1");
  const slow = get("/slow");
  await expect.poll(async () => (await tell("list", {})).services[0]?.active?.inFlight).toBe(1);
  const app = await anApp("r2");
  await tell("prepare", preparation("r2", app.target));
  const made = await tell("commit", { service: "app", candidate: "r2", drainTimeoutMs: 20 });
  expect((await slow).status).toBe(503);
  expect(await tell("receipt", { service: "app", switch: made.switch, wait: "drained" })).toMatchObject({
    state: "cut",
    cut: 1,
  });
});

test("a revert brings back what served before", async () => {
  await deployed("r1");
  const { made } = await deployed("r2");
  await tell("revert", { service: "app", switch: made.switch, drainTimeoutMs: 1_000 });
  expect((await get()).body).toBe("r1 /");
  expect(await tell("receipt", { service: "app", switch: made.switch, wait: "now" })).toMatchObject({
    state: "reverted",
  });
});

test("a revert to what is gone is refused, and what serves goes on serving", async () => {
  const old = await deployed("r1");
  const { made } = await deployed("r2");
  old.stop();
  const reverted = tell("revert", { service: "app", switch: made.switch, drainTimeoutMs: 1_000 });
  await expect(reverted).rejects.toMatchObject({ code: "not-warm" });
  expect((await get()).body).toBe("r2 /");
});

test("only the last switch can be reverted", async () => {
  const { made } = await deployed("r1");
  await deployed("r2");
  const reverted = tell("revert", { service: "app", switch: made.switch, drainTimeoutMs: 1_000 });
  await expect(reverted).rejects.toMatchObject({ code: "not-warm", field: "switch" });
});

test("a candidate that died since it was found healthy is not committed", async () => {
  await deployed("r1");
  const app = await anApp("r2");
  await tell("prepare", preparation("r2", app.target));
  app.stop();
  const commit = tell("commit", { service: "app", candidate: "r2", drainTimeoutMs: 1_000 });
  await expect(commit).rejects.toMatchObject({ code: "not-healthy" });
  expect((await get()).body).toBe("r1 /");
});

test("an abandoned candidate answers its prepare at once", async () => {
  const pending = tell("prepare", preparation("r1", "127.0.0.1:1", { deadlineMs: 60_000 }));
  await expect.poll(async () => (await tell("list", {})).services[0]?.candidates.length).toBe(1);
  await tell("abandon", { service: "app", candidate: "r1", reason: "exited with code 1" });
  expect(await pending).toMatchObject({ evidence: { kind: "abandoned", reason: "exited with code 1" } });
  expect((await tell("list", {})).services).toEqual([]);
});

test("a commit sent twice with one id is one switch", async () => {
  const app = await anApp("r1");
  await tell("prepare", preparation("r1", app.target));
  const commit = { service: "app", candidate: "r1", drainTimeoutMs: 1_000 };
  const [first, again] = await Promise.all([tell("commit", commit, "same"), tell("commit", commit, "same")]);
  expect(again).toEqual(first);
  expect(await tell("commit", commit, "other")).toEqual(first);
});

test("a route of another service is refused with its owner's name", async () => {
  await deployed("r1");
  const other = await anApp("other");
  const refused = tell("prepare", preparation("o1", other.target, { service: "blog" }));
  await expect(refused).rejects.toMatchObject({
    code: "route-taken",
    message: expect.stringContaining("the service app"),
  });
});

test("a removed service's routes answer 404", async () => {
  await deployed("r1");
  expect(await tell("remove", { service: "app" })).toEqual({ removed: true });
  expect((await get()).status).toBe(404);
  expect(await tell("remove", { service: "app" })).toEqual({ removed: false });
});

test("what was committed serves again after a restart, and may be reverted", async () => {
  await deployed("r1");
  const { made } = await deployed("r2");
  await proxy.close(0);
  proxy = await start();
  expect((await get()).body).toBe("r2 /");
  await tell("revert", { service: "app", switch: made.switch, drainTimeoutMs: 1_000 });
  expect((await get()).body).toBe("r1 /");
});

test("a change that was answered before a restart is answered the same after it", async () => {
  const app = await anApp("r1");
  await tell("prepare", preparation("r1", app.target));
  const commit = { service: "app", candidate: "r1", drainTimeoutMs: 1_000 };
  const first = await tell("commit", commit, "once");
  await proxy.close(0);
  proxy = await start();
  expect(await tell("commit", commit, "once")).toEqual(first);
});

test("the control socket is for its owner only", async () => {
  expect((await stat(settings.socketPath)).mode & 0o777).toBe(0o600);
});

test.each([
  ["no JSON", "{", { code: "bad-request" }],
  ["a verb before hello", '{"id":"1","verb":"list"}', { code: "bad-request", field: "verb" }],
  [
    "an unknown version",
    '{"id":"1","verb":"hello","params":{"versions":[9]}}',
    { code: "unsupported-version" },
  ],
  ["no id", '{"verb":"hello"}', { code: "bad-request", field: "id" }],
])("%s is refused with a typed error", async (_, line, error) => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(settings.socketPath, () => socket.write(`${line}\n`));
    socket.once("data", (data) => {
      resolve(String(data));
      socket.destroy();
    });
  });
  expect(JSON.parse(answer)).toMatchObject({ ok: false, error });
});
