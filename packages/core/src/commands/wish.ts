import { resolveHostPaths } from "../docker-options/host-paths.ts";
import type { Fleet } from "../hosts/fleet.ts";
import type { FleetState, HostState } from "../observe/host-state.ts";
import { readHostVariables, type VariablesByHost } from "../observe/host-variables.ts";
import type { HostBoot } from "../plan/boot.ts";
import { type Decision, decide } from "../plan/decide.ts";
import type { ProxyExpected } from "../plan/drift.ts";
import { type PromisedPlan, refuseMoved } from "../plan/plan-file.ts";
import { buildInputs } from "../release/build-inputs.ts";
import { withErrorPages } from "../release/error-pages.ts";
import { refersToHosts } from "../release/host-variables.ts";
import { newRecord } from "../release/new-record.ts";
import { proxyOptionsChecksum } from "../release/proxy-options.ts";
import type { ReleaseRecord } from "../release/record.ts";
import { newReleaseId, type Release } from "../release/release.ts";
import { besidePlan, sealedFor } from "./beside-plan.ts";
import { bootsIn } from "./boots-in.ts";
import type { BesidePlan } from "./carry-out.ts";
import type { CommandContext } from "./context.ts";
import type { ImageToRun } from "./image-to-run.ts";
import type { Order } from "./order.ts";
import { performer } from "./project.ts";
import type { Promised } from "./promised.ts";

/** What somebody wants to serve, before it is compared with what there is. */
export interface Wish {
  order: Order;
  /** With the id that it gets where it is new. */
  release: Release;
  /** Whether the same again would give the same image. */
  repeatable: boolean;
  /** Whether all boots anew. */
  anew: boolean;
  variables: VariablesByHost;
  /** Milliseconds since the epoch. */
  madeAt: number;
  /** Keys for hosts that have none yet, and marks of what is made anew. */
  fresh: { key: string; mark: string };
  /** What it has to be still; null: nothing was promised. */
  promised: PromisedPlan | null;
}

/** What is to be done on hosts as they are, and what comes beside its plan. */
export interface Decided {
  decision: Decision;
  /** What of it the command is about. */
  boots: HostBoot[];
  beside: BesidePlan;
}

/** Makes a wish of an order and its image. */
export async function wishFor(
  order: Order,
  { image, origin }: Pick<ImageToRun, "image" | "origin">,
  { anew, promised }: { anew: boolean; promised: Promised | null },
  fleet: Fleet,
  context: CommandContext,
): Promise<Wish> {
  const { clock, random } = context;
  const id = promised?.plan.release ?? newReleaseId(clock, random);
  return {
    order,
    release: { id, version: order.version, image },
    repeatable: origin !== "named",
    anew,
    variables: refersToHosts(order.project.config) ? await readHostVariables(fleet) : new Map(),
    madeAt: clock.now(),
    fresh: { key: random.hex(32), mark: random.hex(4) },
    promised: promised?.plan ?? null,
  };
}

/**
 * Compares a wish with hosts as they are.
 *
 * @throws DeployError PLAN_OUTDATED where a plan was to be kept to and something has moved since
 */
export function decideOn(wish: Wish, states: FleetState, context: CommandContext): Decided {
  const { order, variables, fresh, anew } = wish;
  const keys = new Map(states.map(({ host, checksumKey }) => [host, checksumKey ?? fresh.key]));
  const wanted = states.map((state) => {
    return { state, record: recordFor(wish, state, keys.get(state.host) ?? fresh.key, context) };
  });
  const isTarget = ({ host }: HostState) => order.scope.targets.some((target) => target.host === host);
  const proxy = (host: string): ProxyExpected => {
    const run = order.project.config.proxyRun[host];
    const options = run === undefined ? null : proxyOptionsChecksum(run);
    return { version: context.toolVersion, options };
  };
  const decision = decide({ wanted, proxy, anew, mark: fresh.mark });
  if (wish.promised !== null)
    refuseMoved(wish.promised, states.filter(isTarget), {
      records: decision.wanted,
      digest: wish.release.image.digest,
    });
  const due = new Map(decision.boots.map((boot) => [boot.state.host, boot]));
  return {
    decision,
    boots: bootsIn(order.scope, states, (state) => due.get(state.host) ?? null),
    beside: besidePlan(order, variables, keys),
  };
}

function recordFor(wish: Wish, state: HostState, key: string, context: CommandContext): ReleaseRecord {
  const { order, release, variables, repeatable, madeAt } = wish;
  const { config } = order.project;
  const record = newRecord({
    config,
    host: state.host,
    release,
    origin: {
      createdAt: madeAt,
      createdBy: performer(context),
      toolVersion: context.toolVersion,
      build: repeatable ? buildInputs(config, order.git, key) : null,
    },
    random: context.random,
    resolve: (settings) => resolveHostPaths(settings, state.home),
    sealed: sealedFor(state.host, order, variables, key),
  });
  return withErrorPages(record, order.errorPages);
}
