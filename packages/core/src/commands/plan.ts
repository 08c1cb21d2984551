import { isUrl } from "../build/source.ts";
import { warnOfUncommitted } from "../build/uncommitted.ts";
import { DeployError } from "../errors/index.ts";
import type { Fleet } from "../hosts/fleet.ts";
import type { FleetState } from "../observe/host-state.ts";
import { observeFleet } from "../observe/observe.ts";
import { planRelease } from "../plan/deploy-plan.ts";
import type { Plan } from "../plan/plan.ts";
import { PLAN_SCHEMA } from "../plan/plan-file.ts";
import { rolloutOf } from "../plan/rollout.ts";
import { seenOf } from "../plan/seen.ts";
import { NOT_BUILT } from "../release/release.ts";
import { handlerOf } from "../steps/table.ts";
import { asCommand, type Telling } from "./as-command.ts";
import { newNames } from "./carry-out.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import { servingImage } from "./image-to-run.ts";
import { imageOf, namedDigest } from "./named-image.ts";
import { checkBuild, type Order, takeOrder } from "./order.ts";
import type { PlannedHost, PlanOptions, PlanResult } from "./plan-result.ts";
import { performer } from "./project.ts";
import { proxyImage, question } from "./proxy-wanted.ts";
import { latestTag } from "./ship.ts";
import { decideOn, wishFor } from "./wish.ts";

/**
 * What a deploy would do now, and why. Nothing is built and nothing is changed.
 *
 * @throws DeployError as a deploy would, up to its first change
 */
export function plan(context: CommandContext, options: PlanOptions): Promise<PlanResult> {
  return asCommand(
    "plan",
    context,
    (telling) => look(context, options, telling),
    summary,
    (result) => planExitCode(result, options),
  );
}

/** What a plan ends with that could be made: 3 where it was to be checked and there is something to do. */
function planExitCode({ changes }: PlanResult, { check }: Pick<PlanOptions, "check">): number {
  return check && changes ? 3 : 0;
}

async function look(context: CommandContext, options: PlanOptions, telling: Telling): Promise<PlanResult> {
  const order = await takeOrder(context, { ...options, skipUnreachable: false }, telling);
  const { config } = order.project;
  if (!options.skipPush) await checkBuild(order);
  const { fleet: opened } = await connectAll(context, order.project, order.scope, telling);
  using fleet = opened;
  const states = await observeFleet(fleet, question(context, order.project));
  const { digest, origin } = await knownImage(order, states, fleet, options, context);
  const { repository } = config;
  const image = imageOf(order, digest ?? NOT_BUILT);
  const wish = await wishFor(
    order,
    { image, origin: "built" },
    { anew: false, promised: null },
    fleet,
    context,
  );
  const { decision, boots } = decideOn(wish, states, context);
  const targets = order.scope.targets.map(({ host }) => host);
  const planned = planRelease({
    release: { ...wish.release, id: decision.release },
    boots,
    left: null,
    rollout: rolloutOf(config),
    proxy: { image: proxyImage(context), run: config.proxyRun },
    tags: [latestTag(config)],
    retain: config.retainContainers,
    at: context.clock.now(),
    newNames: newNames(context.random),
  });
  const drifted = decision.hosts.some(
    ({ host, action, drift }) => targets.includes(host) && (action !== "nothing" || drift.length > 0),
  );
  const services = config.roles.map(({ containerPrefix }) => containerPrefix);
  return {
    schemaVersion: PLAN_SCHEMA,
    app: config.app,
    madeAt: wish.madeAt,
    madeBy: performer(context),
    toolVersion: context.toolVersion,
    service: config.service,
    destination: config.destination,
    version: order.version,
    release: decision.release,
    image: { repository, digest, origin },
    changes: drifted,
    hosts: states.flatMap((state, index): PlannedHost[] => {
      const decided = decision.hosts[index];
      const record = decision.wanted.get(state.host);
      if (decided === undefined || record === undefined || !targets.includes(state.host)) return [];
      const { disk, clockSkewMs, lock } = state;
      const known = { disk, clockSkewMs, lockedBy: lock?.by ?? null };
      return [{ ...decided, ...known, seen: seenOf(state, services), record }];
    }),
    phases: described(planned),
  };
}

/** What is known of the image without building it. */
async function knownImage(
  order: Order,
  states: FleetState,
  fleet: Fleet,
  { skipPush }: PlanOptions,
  context: CommandContext,
): Promise<Pick<PlanResult["image"], "digest" | "origin">> {
  const { context: folder } = order.project.config.builder;
  if (!skipPush)
    warnOfUncommitted(context, {
      paths: order.git?.uncommitted ?? [],
      built: folder !== null && !isUrl(folder),
    });
  const serving = servingImage(order, states);
  if (serving !== null && !skipPush) return { digest: serving.digest, origin: "serving" };
  if (!skipPush) return { digest: null, origin: "to-build" };
  try {
    return { digest: await namedDigest(order, fleet, context), origin: "registry" };
  } catch (error) {
    if (error instanceof DeployError && error.code === "TRANSFER_FAILED")
      return { digest: null, origin: "missing" };
    throw error;
  }
}

function described({ phases }: Plan): PlanResult["phases"] {
  return phases.map(({ name, title, lanes }) => ({
    name,
    title,
    lanes: lanes.map(({ host, steps }) => {
      return { host, steps: steps.map((step) => handlerOf(step).describe(step)) };
    }),
  }));
}

/** `hello 3f2a1c0 would boot on 2 hosts`. */
function summary({ service, version, hosts, changes }: PlanResult): string {
  const busy = hosts.filter(({ action }) => action !== "nothing").length;
  if (busy > 0) return `${service} ${version}: a deploy would change ${busy} of ${hosts.length} hosts`;
  return changes
    ? `${service} ${version}: a deploy would change nothing, but not all is as it was left`
    : `${service} ${version}: nothing to do`;
}
