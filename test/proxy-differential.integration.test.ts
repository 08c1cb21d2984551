import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dockerAt } from "../packages/harness/src/engine/ask.ts";
import { placeOfSandbox } from "../packages/harness/src/vitest/worker-sandbox.ts";
import { systemClock } from "../packages/proxy/src/clock.ts";
import { ask } from "../packages/proxy/src/control/client.ts";
import { probe } from "../packages/proxy/src/gate/probe.ts";
import { requestBodies } from "../packages/proxy/src/http1/corpus/request-bodies.ts";
import { requestFields } from "../packages/proxy/src/http1/corpus/request-fields.ts";
import { requestLines } from "../packages/proxy/src/http1/corpus/request-lines.ts";
import { mutate } from "../packages/proxy/src/http1/fuzz/mutate.ts";
import { Random } from "../packages/proxy/src/http1/fuzz/random.ts";
import { type RunningProxy, startProxy } from "../packages/proxy/src/proxy.ts";
import { someAcme } from "../packages/proxy/src/testing/acme.ts";
import type { Peer } from "./peers/container.ts";
import { type Contender, passThrough, settle } from "./peers/contender.ts";
import { startHaproxy } from "./peers/haproxy.ts";
import { startNginx } from "./peers/nginx.ts";
import { Recorder } from "./peers/recorder.ts";
import { hasty, type Patience, patient } from "./peers/send.ts";
import { wrongWith } from "./peers/verdict.ts";

/*
 * The same bytes to ours, to nginx and to HAProxy, each in front of an origin of its own that records
 * what it is sent. `CUTOVER_PROOF=full` tries many more bytes that nobody chose.
 */

const mutations = process.env["CUTOVER_PROOF"] === "full" ? 10_000 : 100;
const seed = Number(process.env["CUTOVER_PROOF_SEED"] ?? 1);

const cases = [...requestLines, ...requestFields, ...requestBodies];
let proxy: RunningProxy;
const peers: Peer[] = [];
const origins: Recorder[] = [];
let ours: Contender;
let others: Contender[];

beforeAll(async () => {
  const { dockerHost, project } = placeOfSandbox();
  const docker = dockerAt(dockerHost);
  const [own, behindNginx, behindHaproxy] = await Promise.all([anOrigin(), anOrigin(), anOrigin()]);
  const nginx = await startNginx(docker, `${project}-nginx`, behindNginx.port);
  peers.push(nginx);
  const haproxy = await startHaproxy(docker, `${project}-haproxy`, behindHaproxy.port);
  peers.push(haproxy);
  proxy = await ourProxy(own.port);
  ours = { name: "ours", port: proxy.httpPort, origin: own };
  others = [
    { name: "nginx", port: nginx.port(8000), origin: behindNginx },
    { name: "haproxy", port: haproxy.port(8000), origin: behindHaproxy },
  ];
});

afterAll(async () => {
  await proxy?.close(0);
  for (const origin of origins) origin.close();
  for (const peer of peers) await peer.remove();
});

async function anOrigin(): Promise<Recorder> {
  const origin = await new Recorder().listen();
  origins.push(origin);
  return origin;
}

async function ourProxy(origin: number): Promise<RunningProxy> {
  const folder = await mkdtemp(join(tmpdir(), "cutover-differential-"));
  const socketPath = join(folder, "control");
  const running = await startProxy(
    { httpPort: 0, httpsPort: 0, stateDirectory: join(folder, "state"), socketPath, acme: someAcme(folder) },
    { log: () => {}, clock: systemClock, probe },
  );
  const target = `127.0.0.1:${origin}`;
  const limits = { deadlineMs: 5_000, expiresMs: 5_000 };
  const candidate = { service: "origin", candidate: "r1" };
  await ask(socketPath, "q1", "prepare", {
    ...candidate,
    targets: [target],
    options: { hosts: [] },
    health: {},
    ...limits,
  });
  await ask(socketPath, "q2", "commit", { ...candidate, drainTimeoutMs: 1_000 });
  return running;
}

interface Outcome {
  /** How many ours passed on. */
  requests: number;
  wrong: string | null;
}

async function tryWith(bytes: string, patience: Patience): Promise<Outcome> {
  const raw = Buffer.from(bytes, "latin1");
  const [own, rest] = await Promise.all([
    passThrough(ours, raw, patience),
    Promise.all(others.map((other) => passThrough(other, raw, patience))),
  ]);
  return { requests: own.requests, wrong: await wrongWith(bytes, own, rest) };
}

/** A second look at what went wrong in haste, which may have been for want of time. */
async function tryPatiently(bytes: string): Promise<Outcome> {
  await Promise.all([ours, ...others].map(settle));
  return tryWith(bytes, patient);
}

/** How many of a case's messages are whole, by what the corpus says of it. */
const wholeOnes = (gives: readonly string[]) =>
  gives.filter((line) => !line.startsWith("refused") && !line.includes(" cut ")).length;

test.each(cases)(
  "$says: nothing is passed on that nginx or HAProxy refuse, and no request becomes two",
  async ({ bytes, gives }) => {
    const expected: Outcome = { requests: wholeOnes(gives), wrong: null };
    const hastily = await tryWith(bytes, hasty);
    const outcome = isDeepStrictEqual(hastily, expected) ? hastily : await tryPatiently(bytes);
    expect(outcome).toEqual(expected);
  },
);

test(`nor of ${mutations} changed ones`, { timeout: mutations * 1_000 }, async () => {
  const random = new Random(seed);
  const pool = cases.map(({ bytes }) => bytes).filter(({ length }) => length < 1_000);
  const found: string[] = [];
  for (let i = 0; i < mutations; i++) {
    const bytes = mutate(random, random.pick(pool), pool);
    if ((await tryWith(bytes, hasty)).wrong === null) continue;
    const { wrong } = await tryPatiently(bytes);
    if (wrong !== null) found.push(`${JSON.stringify(bytes)}: ${wrong}`);
  }
  expect(found).toEqual([]);
});
