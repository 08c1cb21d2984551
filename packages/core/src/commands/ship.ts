import type { Config } from "../config/config.ts";
import type { DeployError } from "../errors/index.ts";
import type { Fleet } from "../hosts/fleet.ts";
import type { FleetState } from "../observe/host-state.ts";
import { observeFleet } from "../observe/observe.ts";
import type { Decision } from "../plan/decide.ts";
import { planRelease } from "../plan/deploy-plan.ts";
import { rolloutOf } from "../plan/rollout.ts";
import type { Telling } from "./as-command.ts";
import { beginBuild } from "./begin-build.ts";
import { carryOut, newNames } from "./carry-out.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { deployResult, nothingToDo } from "./deploy-result.ts";
import { type ImageToRun, imageToRun } from "./image-to-run.ts";
import { noteLeft, toldLeft } from "./note-left.ts";
import { checkBuild, type Order, takeOrder } from "./order.ts";
import { type Promised, promisedPlan } from "./promised.ts";
import { proxyImage, question, warnOfHosts } from "./proxy-wanted.ts";
import type { DeployResult } from "./result.ts";
import { underLock } from "./under-lock.ts";
import { decideOn, wishFor } from "./wish.ts";

/** In what the commands that bring a new release differ. */
export interface ShipKind {
  name: "deploy" | "setup" | "redeploy" | "catch-up";
  /** Whether network and proxy are made sure of. */
  ensureProxy: boolean;
  /** Whether releases beyond those that are kept are removed. What was replaced by the same version always is. */
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
  const skipPush = options.skipPush || promised?.plan.image.origin === "registry";
  if (!skipPush) await checkBuild(order);
  const how = { anew: kind.anew, skipPush, noCache: options.noCache };
  // Where the world has moved since a plan was made, nothing is to be done.
  const begun = promised === null ? await beginBuild(order, how, context, telling) : null;
  try {
    const reached = await connectAll(context, order.project, order.scope, telling);
    using fleet = reached.fleet;
    const imageFor = (looking: Promise<FleetState>) =>
      imageToRun(order, looking, fleet, { ...how, begun }, context, telling);
    // Awaited here, since the connections are closed when this function returns.
    return await bring(kind, { order, promised, fleet, left: reached.left, imageFor }, context, telling);
  } finally {
    // The hosts cannot be reached, or serve it already.
    await begun?.callOff();
  }
}

/** What is to be brought where. */
export interface Shipment {
  order: Order;
  promised: Promised | null;
  fleet: Fleet;
  /** Targets that could not be reached. */
  left: readonly DeployError[];
  imageFor(looking: Promise<FleetState>): Promise<ImageToRun>;
  /** Throws where what was decided on is not what the command is for. */
  refuse?(decision: Decision, states: FleetState): void;
}

/** Brings an image to the hosts that were reached and do not serve it already. */
export async function bring(
  kind: ShipKind,
  { order, promised, fleet, left: unreached, imageFor, refuse }: Shipment,
  context: CommandContext,
  telling: Telling,
): Promise<DeployResult> {
  const { project, version, scope } = order;
  const { config } = project;
  const looking = observeFleet(fleet, question(context, project)).then((states) => {
    warnOfHosts(states, config, context, telling);
    return states;
  });
  const [seen, built] = await Promise.all([looking, imageFor(looking)]);
  const wish = await wishFor(order, built, { anew: kind.anew, promised }, fleet, context);
  const leftBehind = unreached.map(toldLeft);
  const subject = ({ release: id, hosts }: Decision) => {
    const { service, destination } = config;
    const timings = { totalMs: telling.elapsedMs(), buildMs: built.buildMs, phases: telling.phases };
    const targeted = hosts.filter(({ host }) => scope.targets.some((target) => target.host === host));
    return { service, destination, release: { ...wish.release, id }, hosts: targeted, timings, leftBehind };
  };

  const { decision: first, boots: due } = decideOn(wish, seen, context);
  // Whoever holds the lock is about to change what was just seen, who was left behind is noted under it,
  // and what a run that died has left is cleared up under it.
  const quiet = seen.every(({ lock, unfinished }) => lock === null && unfinished.length === 0);
  if (due.length + leftBehind.length === 0 && quiet) return nothingToDo(subject(first));

  return underLock(kind.name, version, { fleet, context, project, telling }, async (states, at) => {
    const { decision, boots, beside } = decideOn(wish, states, context);
    refuse?.(decision, states);
    const left = await noteLeft(order, fleet, unreached, boots, context);
    if (boots.length === 0 && left === null) return nothingToDo(subject(decision));
    const plan = planRelease({
      release: { ...wish.release, id: decision.release },
      boots,
      left,
      rollout: rolloutOf(config),
      proxy: kind.ensureProxy ? { image: proxyImage(context), run: config.proxyRun } : null,
      tags: [latestTag(config)],
      retain: kind.prune ? config.retainContainers : Number.POSITIVE_INFINITY,
      at: context.clock.now(),
      newNames: newNames(context.random),
    });
    const memory = await carryOut(plan, { boots, beside }, at);
    return deployResult({ ...subject(decision), boots, plan, memory });
  });
}

/** `latest`, or with a destination `latest-staging`. */
export function latestTag({ destination }: Config): string {
  return destination === null ? "latest" : `latest-${destination}`;
}
