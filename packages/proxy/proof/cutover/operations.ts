import { ProxyDied } from "../lib/logging-process.ts";
import type { Random } from "../lib/random.ts";
import type { App } from "./app.ts";
import type { Stage } from "./stage.ts";

/** One thing that is done to a proxy under load. */
export type Operation = (stage: Stage, random: Random) => Promise<void>;

const service = "app";
/** Longer than any request here takes. */
const patientMs = 30_000;
/** Shorter than many of them. */
const impatientMs = 20;

/** By name; how often each is chosen, as a share of the sum. */
const operations: Record<string, { weight: number; run: Operation }> = {
  deploy: { weight: 30, run: (stage) => deploy(stage, null) },
  "deploy with a short drain": { weight: 10, run: (stage) => deploy(stage, impatientMs) },
  revert: { weight: 20, run: (stage) => revert(stage) },
  pause: { weight: 5, run: (stage) => paused(stage, async () => {}) },
  "deploy in a pause": { weight: 8, run: (stage) => paused(stage, () => deploy(stage, null)) },
  maintenance: { weight: 5, run: maintenance },
  "the active target dies": { weight: 5, run: activeDies },
  "the warm target dies": { weight: 5, run: warmDies },
  "the candidate dies": { weight: 5, run: candidateDies },
  "the candidate never listens": { weight: 2, run: candidateNeverListens },
  "the proxy dies": {
    weight: 2,
    run: (stage) => stage.killProxy().then(() => stage.expectActive(stage.active)),
  },
  "the proxy is replaced": {
    weight: 1,
    run: (stage) => stage.replaceProxy().then(() => stage.expectActive(stage.active)),
  },
  "the proxy dies in a switch": { weight: 3, run: proxyDiesInSwitch },
};

export function chooseOperation(random: Random): [name: string, run: Operation] {
  const names = Object.entries(operations).flatMap(([name, { weight }]) => Array<string>(weight).fill(name));
  const name = random.pick(names);
  return [name, (operations[name] as { run: Operation }).run];
}

/** @param drainTimeoutMs null for one that no request meets */
export async function deploy(stage: Stage, drainTimeoutMs: number | null): Promise<void> {
  const app = await stage.nextApp();
  await prepareWell(stage, app);
  await stage.switchTo(app, drainTimeoutMs, () => commit(stage, app, drainTimeoutMs ?? patientMs));
}

async function commit(
  stage: Stage,
  app: App,
  drainTimeoutMs = patientMs,
  id = stage.newId(),
): Promise<string> {
  return (await stage.tell("commit", { service, candidate: app.name, drainTimeoutMs }, id)).switch;
}

async function prepareWell(stage: Stage, app: App): Promise<void> {
  const prepared = await stage.prepare(app);
  if (prepared.state !== "healthy")
    throw new Error(`${app.name} is not healthy: ${JSON.stringify(prepared)}`);
}

async function revert(stage: Stage): Promise<void> {
  const { previous } = stage;
  if (previous === null) return deploy(stage, null);
  const ask = () => stage.tell("revert", { service, switch: stage.lastSwitch, drainTimeoutMs: patientMs });
  if (!previous.alive) return stage.expectRefusal("not-warm", ask());
  await stage.switchTo(previous, null, async () => (await ask()).switch);
}

async function paused(stage: Stage, meanwhile: () => Promise<void>): Promise<void> {
  await stage.pause();
  while (((await stage.state())?.held ?? 0) === 0) await briefly();
  await meanwhile();
  await stage.resume();
}

async function maintenance(stage: Stage, random: Random): Promise<void> {
  const closure = {
    from: performance.now(),
    surely: Number.POSITIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
  };
  stage.timeline.closures.push(closure);
  await stage.tell("stop", { service, message: "back soon" });
  closure.surely = performance.now();
  await briefly(random.below(50));
  closure.until = performance.now();
  await stage.tell("start", { service });
  closure.to = performance.now();
}

async function activeDies(stage: Stage): Promise<void> {
  if (stage.active !== null) await stage.killApp(stage.active);
  await deploy(stage, null);
}

async function warmDies(stage: Stage): Promise<void> {
  if (stage.previous === null) return;
  await stage.killApp(stage.previous);
  await revert(stage);
}

async function candidateDies(stage: Stage): Promise<void> {
  const app = await stage.nextApp();
  await prepareWell(stage, app);
  await app.kill();
  await stage.expectRefusal("not-healthy", commit(stage, app));
  await stage.tell("abandon", { service, candidate: app.name, reason: "killed" });
  await stage.expectActive(stage.active);
}

async function candidateNeverListens(stage: Stage): Promise<void> {
  const prepared = await stage.tell("prepare", {
    service,
    candidate: "deaf",
    // Nothing listens on the port for discarding.
    targets: ["127.0.0.1:9"],
    options: { hosts: [] },
    health: {},
    deadlineMs: 200,
    expiresMs: 1_000,
  });
  if (prepared.state !== "unhealthy") stage.violated("a target that does not listen was found healthy");
  await stage.expectActive(stage.active);
}

/** Whoever asked for the switch finds it made or not made, and asks for it again with the same id. */
async function proxyDiesInSwitch(stage: Stage, random: Random): Promise<void> {
  const app = await stage.nextApp();
  await prepareWell(stage, app);
  const id = stage.newId();
  await stage.switchTo(app, null, async () => {
    const asked = commit(stage, app, patientMs, id).catch(nullIfDead);
    await briefly(random.below(15));
    await stage.killProxy();
    const answered = await asked;
    const made = (await stage.state())?.active?.candidate === app.name;
    if (answered !== null && !made) stage.violated("a switch that was answered was lost by a crash");
    if (!made) await prepareWell(stage, app);
    return commit(stage, app, patientMs, id);
  });
  await stage.expectActive(app);
}

function nullIfDead(error: unknown): null {
  if (error instanceof ProxyDied) return null;
  throw error;
}

/** Lets requests go on for a little; nothing depends on how long that is. */
function briefly(ms = 5): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
