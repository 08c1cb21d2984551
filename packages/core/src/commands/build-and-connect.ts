import { buildAndPush } from "../build/build-and-push.ts";
import type { DeployError } from "../errors/index.ts";
import type { Fleet } from "../hosts/fleet.ts";
import { registryDigest } from "../observe/registry-digest.ts";
import { newReleaseId, type Release, tagReference } from "../release/release.ts";
import type { Telling } from "./as-command.ts";
import { both } from "./both.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import type { Order } from "./order.ts";
import { asPhase } from "./phase.ts";

/** An image in the registry, and connections to the hosts that are to run it. */
export interface Ready {
  /** The caller closes it. */
  fleet: Fleet;
  /** Targets that could not be reached and are left behind. */
  left: DeployError[];
  release: Release;
  buildMs: number;
}

/**
 * Builds the image and reaches the hosts at the same time: what is wrong with a host is known at
 * once and not after a long build.
 */
export async function buildAndConnect(
  order: Order,
  options: DeployOptions,
  context: CommandContext,
  telling: Telling,
): Promise<Ready> {
  const { project, version } = order;
  const [{ fleet, left }, built] = await both(
    context.signal,
    (signal) => connectAll({ ...context, signal }, project, order.scope, telling),
    (signal) => (options.skipPush ? notBuilt() : build(order, options, { ...context, signal }, telling)),
    (opened) => opened.fleet[Symbol.dispose](),
  );
  try {
    const { repository } = project.config;
    const digest = built.digest ?? (await taggedDigest(order, fleet));
    const image = { repository, tag: version, digest };
    const id = newReleaseId(context.clock, context.random);
    return { fleet, left, release: { id, version, image }, buildMs: built.ms };
  } catch (error) {
    fleet[Symbol.dispose]();
    throw error;
  }
}

type Built = { digest: string | null; ms: number };

async function notBuilt(): Promise<Built> {
  return { digest: null, ms: 0 };
}

function build(
  { project, git, version }: Order,
  options: DeployOptions,
  context: CommandContext,
  telling: Telling,
): Promise<Built> {
  const layers = options.noCache ? "anew" : "cached";
  const { config, secrets } = project;
  return asPhase("build", "Build and push the image", [], telling, context.clock, () =>
    buildAndPush(context, { config, git, version, layers, secrets }),
  );
}

function taggedDigest({ project, version, login }: Order, { hosts }: Fleet): Promise<string> {
  const [host] = hosts;
  if (host === undefined) throw new RangeError("a configuration without hosts was let through");
  return registryDigest(host, tagReference(project.config.repository, version), login);
}
