import { commitHello } from "../../../packages/harness/src/apps/hello.ts";
import type { Sandbox } from "../../../packages/harness/src/sandbox/sandbox.ts";
import type { Traffic } from "../../../packages/harness/src/traffic/traffic.ts";
import { judge } from "../judge/judge.ts";
import type { Told } from "../judge/told.ts";
import type { Stage, Story } from "../stories/story.ts";
import { deployNext } from "./deploy-next.ts";
import { givenInOrder, nextVersion } from "./given.ts";
import { lookAtFleet, settled } from "./look.ts";
import { staged } from "./stage.ts";
import { strike } from "./strike.ts";

/** Enough to notice a gap of a twentieth of a second, and little enough to leave the deploy its processor. */
const PER_SECOND = 25;
/** What has not come by then never will; a busy machine may well take some seconds. */
const ANSWER_MS = 30_000;
const WRITTEN_WITHIN_MS = 5_000;
/** More than any story takes. */
const LONGEST_MS = 900_000;

/** A story that was lived through, and what of it does not hold. */
export interface Lived {
  story: Story;
  told: Told;
  problems: string[];
  seconds: number;
}

/** Lives one story through, from a fleet in order to the deploy that follows the fault. */
export async function runStory(sandbox: Sandbox, story: Story): Promise<Lived> {
  const startedAt = performance.now();
  const stage = staged(sandbox, await givenInOrder(sandbox));
  if (story.given !== undefined) {
    await story.given(stage);
    await settled(sandbox);
  }
  stage.commit = await commitHello(sandbox.deployer, { version: stage.new, ...story.app });
  const told = await underTraffic(story, stage);
  await story.tidy?.(stage);
  return { story, told, problems: judge(story, told), seconds: (performance.now() - startedAt) / 1000 };
}

async function underTraffic(story: Story, stage: Stage): Promise<Told> {
  const { sandbox } = stage;
  const limits = { perSecond: PER_SECOND, timeoutMs: ANSWER_MS, lastsMs: LONGEST_MS };
  const failedBefore = (await sandbox.loadBalancer.failures()).length;
  const traffic = sandbox.traffic.start(limits);
  try {
    const told = await live(story, stage, traffic);
    const { sent, failures } = await traffic.stop();
    const atLoadBalancer = (await writtenDown(sandbox, failedBefore + failures.length)).slice(failedBefore);
    return { ...told, traffic: { requests: sent, failures, atLoadBalancer } };
  } finally {
    await traffic.stop();
  }
}

/** The load balancer writes a failure down after it has answered. What it never writes is a finding. */
async function writtenDown(sandbox: Sandbox, expected: number) {
  const until = performance.now() + WRITTEN_WITHIN_MS;
  for (;;) {
    const failures = await sandbox.loadBalancer.failures();
    if (failures.length >= expected || performance.now() > until) return failures;
  }
}

async function live(story: Story, stage: Stage, traffic: Traffic): Promise<Told> {
  const { sandbox } = stage;
  const before = await lookAtFleet(sandbox);
  await traffic.answers(PER_SECOND / 2);
  const { struck, ended } = await strike(story, stage);
  await settled(sandbox);
  const after = await lookAtFleet(sandbox);
  const versions = { old: stage.old, new: stage.new, next: nextVersion() };
  const next = await deployNext(sandbox, versions.next);
  await traffic.answers(PER_SECOND / 2);
  const end = await lookAtFleet(sandbox);
  const unknown = { requests: 0, failures: [], atLoadBalancer: [] };
  const told = { before, struck, ended, after, next, end, traffic: unknown, versions, also: [] };
  return { ...told, also: (await story.also?.(stage, told)) ?? [] };
}
