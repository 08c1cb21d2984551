import { commitHello } from "../../apps/hello.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Ended } from "../../traffic/report.ts";
import type { DemoSink, DemoSummary, StageName, StageResult } from "./event.ts";
import { REQUESTS_PER_SECOND, Stage } from "./stage.ts";
import { isWell, type Seen, summarise } from "./summary.ts";

/** How many answers are awaited on either side of a change: one second's worth. */
const ENOUGH_ANSWERS = REQUESTS_PER_SECOND;

/** What the exit code of `deploy` has to be for a version whose health check fails. */
const GATE_FAILED = 60;

/** What the demo needs from outside. */
export interface Stagehands {
  /** Starts the sandbox, telling its parts as they come up. */
  startSandbox(): Promise<Sandbox>;
  emit: DemoSink;
  signal: AbortSignal;
}

/**
 * Plays the demo from nothing to the closing table. A stage in which a promise did not hold is the
 * last one: what comes after builds on it.
 */
export async function playDemo(stagehands: Stagehands): Promise<DemoSummary> {
  const { emit, signal } = stagehands;
  const results: StageResult[] = [];
  const requests: Ended[] = [];
  const seen: Seen = { before: null, after: null, brokenExit: null, latenciesMs: [] };

  /** Null: a promise of an earlier stage was broken, so that this one was not played. */
  const stage = async <T>(name: StageName, title: string, play: (stage: Stage) => Promise<T>) => {
    if (!results.every(isWell)) return null;
    signal.throwIfAborted();
    const current = new Stage(name, title, emit);
    const result = await play(current);
    results.push(current.end());
    requests.push(...current.requests);
    return result;
  };

  const sandbox = await stage("sandbox", "A sandbox of real machines", (stage) =>
    machinesUp(stage, stagehands),
  );
  if (sandbox !== null) {
    seen.before = await stage("before", "Nothing is deployed", (stage) => nothingAnswers(stage, sandbox));
    seen.after = await stage("setup", "deploy setup: version 1", (stage) => firstDeploy(stage, sandbox));
    await stage("cutover", "deploy: version 2, under traffic", (stage) => cutover(stage, sandbox));
    seen.brokenExit = await stage("broken", "deploy: a version 3 that is not well", (stage) =>
      brokenVersion(stage, sandbox),
    );
    await stage("rollback", "deploy rollback: back to version 1", (stage) => rollback(stage, sandbox));
  }

  seen.latenciesMs = requests.flatMap((request) =>
    request.failure === null ? [Math.max(request.tookMs - request.delayMs, 0)] : [],
  );
  const summary = summarise(results, seen);
  emit(summary);
  return summary;
}

async function machinesUp(stage: Stage, { startSandbox }: Stagehands): Promise<Sandbox> {
  const sandbox = await startSandbox();
  stage.check("a registry, a deployer, two VMs and a load balancer are up", true);
  return sandbox;
}

async function nothingAnswers(stage: Stage, sandbox: Sandbox): Promise<number> {
  const { status } = await sandbox.loadBalancer.get("/");
  stage.check(`GET / at the load balancer answers ${status}`, status === 502);
  return status;
}

async function firstDeploy(stage: Stage, sandbox: Sandbox): Promise<number> {
  const { exitCode } = await stage.deployer(sandbox, "deploy setup");
  stage.check(`it exits with ${exitCode}`, exitCode === 0);
  // The load balancer takes turns, so that two answers come from both VMs.
  const answers = [await sandbox.loadBalancer.get("/"), await sandbox.loadBalancer.get("/")];
  const last = answers[answers.length - 1] as (typeof answers)[number];
  const version = last.headers["x-app-version"] ?? "none";
  const well = answers.every((answer) => answer.status === 200 && answer.headers["x-app-version"] === "1");
  stage.check(`GET / at the load balancer answers ${last.status}, version ${version}`, well);
  return last.status;
}

async function cutover(stage: Stage, sandbox: Sandbox): Promise<void> {
  await commitHello(sandbox.deployer, { version: "2" });
  const report = await stage.underTraffic(sandbox, ["1", "2"], async (traffic) => {
    await traffic.answersOf("1", ENOUGH_ANSWERS);
    const { exitCode } = await stage.deployer(sandbox, "deploy");
    stage.check(`it exits with ${exitCode}`, exitCode === 0);
    if (exitCode === 0) await traffic.answersOf("2", ENOUGH_ANSWERS);
  });
  checkNothingFailed(stage, report);
  const [change] = report.changes;
  stage.check("version 2 took over from version 1", change?.from === "1" && change.to === "2");
}

async function brokenVersion(stage: Stage, sandbox: Sandbox): Promise<number> {
  await commitHello(sandbox.deployer, { version: "3", health: "the database cannot be reached" });
  let exit = -1;
  const report = await stage.underTraffic(sandbox, ["2"], async (traffic) => {
    await traffic.answersOf("2", ENOUGH_ANSWERS);
    const { exitCode, output } = await stage.deployer(sandbox, "deploy");
    exit = exitCode;
    stage.check(`it exits with ${exitCode}`, exitCode === GATE_FAILED);
    stage.check("it says why: the health check answers 500", /\b500\b/.test(output));
    await traffic.answers(ENOUGH_ANSWERS);
  });
  stage.check("version 2 goes on serving, and nothing else", Object.keys(report.byVersion).join() === "2");
  checkNothingFailed(stage, report);
  return exit;
}

async function rollback(stage: Stage, sandbox: Sandbox): Promise<void> {
  const report = await stage.underTraffic(sandbox, ["1", "2"], async (traffic) => {
    await traffic.answersOf("2", ENOUGH_ANSWERS);
    const { exitCode } = await stage.deployer(sandbox, "deploy rollback");
    stage.check(`it exits with ${exitCode}`, exitCode === 0);
    if (exitCode === 0) await traffic.answersOf("1", ENOUGH_ANSWERS);
  });
  checkNothingFailed(stage, report);
  const [change] = report.changes;
  stage.check("version 1 took over from version 2", change?.from === "2" && change.to === "1");
}

function checkNothingFailed(stage: Stage, report: { sent: number; answered: number; failed: number }): void {
  stage.check(
    `${report.answered} of ${report.sent} requests answered in full, ${report.failed} failed`,
    report.failed === 0 && report.answered === report.sent,
  );
}
