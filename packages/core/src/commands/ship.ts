import type { Config } from "../config/config.ts";
import { resolveHostPaths } from "../docker-options/host-paths.ts";
import type { HostState } from "../observe/host-state.ts";
import { observeFleet } from "../observe/observe.ts";
import type { HostBoot } from "../plan/boot.ts";
import { planRelease } from "../plan/deploy-plan.ts";
import { rolloutOf } from "../plan/rollout.ts";
import { withErrorPages } from "../release/error-pages.ts";
import { newRecord } from "../release/new-record.ts";
import type { Release } from "../release/release.ts";
import type { Telling } from "./as-command.ts";
import { besidePlan } from "./beside-plan.ts";
import { bootsIn } from "./boots-in.ts";
import { buildAndConnect } from "./build-and-connect.ts";
import { carryOut, newNames } from "./carry-out.ts";
import type { CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { deployResult } from "./deploy-result.ts";
import { noteLeft, toldLeft } from "./note-left.ts";
import { type Order, takeOrder } from "./order.ts";
import { performer } from "./project.ts";
import { proxyImage, question, warnOfOtherProxies } from "./proxy-wanted.ts";
import type { DeployResult } from "./result.ts";
import { underLock } from "./under-lock.ts";

/** In what the commands that bring a new release differ. */
export interface ShipKind {
  name: "deploy" | "setup" | "redeploy";
  /** Whether network and proxy are made sure of. */
  ensureProxy: boolean;
  /** Whether releases that are kept no longer are removed. */
  prune: boolean;
}

/** Builds a release and brings it to every host. */
export async function ship(
  kind: ShipKind,
  options: DeployOptions,
  context: CommandContext,
  telling: Telling,
): Promise<DeployResult> {
  const startedAt = context.clock.monotonic();
  const order = await takeOrder(context, options, telling);
  const { project, version } = order;
  const { config } = project;
  const ready = await buildAndConnect(order, options, context, telling);
  using fleet = ready.fleet;
  const { release } = ready;

  // Awaited here, since the connections are closed when this function returns.
  return await underLock(kind.name, version, fleet, context, project, async (lock) => {
    const states = await observeFleet(fleet, question(context, project));
    warnOfOtherProxies(states, context, telling);
    const boots = bootsIn(order.scope, states, (state) => bootOf(state, release, context, order));
    const left = await noteLeft(order, fleet, ready.left, boots, context);
    const plan = planRelease({
      release,
      boots,
      left,
      rollout: rolloutOf(config),
      proxy: kind.ensureProxy ? { image: proxyImage(context), run: config.proxyRun } : null,
      tags: [latestTag(config)],
      retain: kind.prune ? config.retainContainers : null,
      at: context.clock.now(),
      newNames: newNames(context.random),
    });
    const beside = await besidePlan(order, fleet);
    const memory = await carryOut(plan, fleet, lock, beside, context, project, telling);
    const totalMs = Math.round(context.clock.monotonic() - startedAt);
    const timings = { totalMs, buildMs: Math.round(ready.buildMs) };
    const { service, destination } = config;
    const leftBehind = ready.left.map(toldLeft);
    return deployResult({ service, destination, release, boots, plan, memory, timings, leftBehind });
  });
}

/** `latest`, or with a destination `latest-staging`. */
export function latestTag({ destination }: Config): string {
  return destination === null ? "latest" : `latest-${destination}`;
}

function bootOf(state: HostState, release: Release, context: CommandContext, order: Order): HostBoot {
  const { config } = order.project;
  const origin = {
    createdAt: context.clock.now(),
    createdBy: performer(context),
    toolVersion: context.toolVersion,
  };
  const record = newRecord(config, state.host, release, origin, context.random, (settings) =>
    resolveHostPaths(settings, state.home),
  );
  return { state, record: withErrorPages(record, order.errorPages) };
}
