import type { Config } from "../config/config.ts";
import { observeFleet } from "../observe/observe.ts";
import type { Decision } from "../plan/decide.ts";
import { planRelease } from "../plan/deploy-plan.ts";
import { rolloutOf } from "../plan/rollout.ts";
import type { Telling } from "./as-command.ts";
import { carryOut, newNames } from "./carry-out.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { deployResult, nothingToDo } from "./deploy-result.ts";
import { imageToRun } from "./image-to-run.ts";
import { noteLeft, toldLeft } from "./note-left.ts";
import { takeOrder } from "./order.ts";
import { promisedPlan } from "./promised.ts";
import { proxyImage, question, warnOfHosts } from "./proxy-wanted.ts";
import type { DeployResult } from "./result.ts";
import { underLock } from "./under-lock.ts";
import { decideOn, wishFor } from "./wish.ts";

/** In what the commands that bring a new release differ. */
export interface ShipKind {
  name: "deploy" | "setup" | "redeploy";
  /** Whether network and proxy are made sure of. */
  ensureProxy: boolean;
  /** Whether releases that are kept no longer are removed. */
  prune: boolean;
  /** Whether everything is built and booted anew, also where nothing changed. */
  anew: boolean;
}

/** Builds a release and brings it to every host that does not serve it already. */
export async function ship(
  kind: ShipKind,
  options: DeployOptions,
  context: CommandContext,
  telling: Telling,
): Promise<DeployResult> {
  const taken = await takeOrder(context, options, telling);
  const promised = options.plan === null ? null : await promisedPlan(taken, options.plan);
  const { order } = promised ?? { order: taken };
  const { project, version, scope } = order;
  const { config } = project;
  const reached = await connectAll(context, project, scope, telling);
  using fleet = reached.fleet;
  const seen = await observeFleet(fleet, question(context, project));
  warnOfHosts(seen, config, context, telling);
  const skipPush = options.skipPush || promised?.plan.image.origin === "registry";
  const built = await imageToRun(order, seen, fleet, kind.anew, { ...options, skipPush }, context, telling);
  const wish = await wishFor(order, built, { anew: kind.anew, promised }, fleet, context);
  const leftBehind = reached.left.map(toldLeft);
  const subject = ({ release: id, hosts }: Decision) => {
    const { service, destination } = config;
    const timings = { totalMs: telling.elapsedMs(), buildMs: built.buildMs, phases: telling.phases };
    const targeted = hosts.filter(({ host }) => scope.targets.some((target) => target.host === host));
    return { service, destination, release: { ...wish.release, id }, hosts: targeted, timings, leftBehind };
  };

  const { decision: first, boots: due } = decideOn(wish, seen, context);
  // Whoever holds the lock is about to change what was just seen, and who was left behind is noted under it.
  if (due.length + leftBehind.length === 0 && seen.every(({ lock }) => lock === null))
    return nothingToDo(subject(first));

  // Awaited here, since the connections are closed when this function returns.
  return await underLock(kind.name, version, fleet, context, project, async (lock) => {
    const states = await observeFleet(fleet, question(context, project));
    const { decision, boots, beside } = decideOn(wish, states, context);
    const left = await noteLeft(order, fleet, reached.left, boots, context);
    if (boots.length === 0 && left === null) return nothingToDo(subject(decision));
    const plan = planRelease({
      release: { ...wish.release, id: decision.release },
      boots,
      left,
      rollout: rolloutOf(config),
      proxy: kind.ensureProxy ? { image: proxyImage(context), run: config.proxyRun } : null,
      tags: [latestTag(config)],
      retain: kind.prune ? config.retainContainers : null,
      at: context.clock.now(),
      newNames: newNames(context.random),
    });
    const memory = await carryOut(plan, boots, fleet, lock, beside, context, project, telling);
    return deployResult({ ...subject(decision), boots, plan, memory });
  });
}

/** `latest`, or with a destination `latest-staging`. */
export function latestTag({ destination }: Config): string {
  return destination === null ? "latest" : `latest-${destination}`;
}
