import { buildAndPush } from "../build/build-and-push.ts";
import type { Fleet } from "../hosts/fleet.ts";
import type { FleetState } from "../observe/host-state.ts";
import { registryDigest } from "../observe/registry-digest.ts";
import { buildInputs } from "../release/build-inputs.ts";
import { type ReleaseImage, tagReference } from "../release/release.ts";
import type { Telling } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import type { Order } from "./order.ts";
import { asPhase } from "./phase.ts";

/** The image that a deploy brings, and how it came to be. */
export interface ImageToRun {
  image: ReleaseImage;
  /** `serving`: it is what serves, and was not built again. `named`: the registry had it. */
  origin: "built" | "serving" | "named";
  buildMs: number;
}

/**
 * The image that serves already, where it was built from the same commit in the same way; building it
 * again would give the same.
 *
 * @returns null where it has to be built
 */
export function servingImage({ project, git, version }: Order, states: FleetState): ReleaseImage | null {
  for (const { active, records, checksumKey } of states) {
    const record = records.find(({ release }) => release === active?.release);
    const inputs = checksumKey === null ? null : buildInputs(project.config, git, checksumKey);
    const same = inputs !== null && record?.build != null && record.version === version;
    if (!same || record.image.repository !== project.config.repository) continue;
    if (record.build?.commit === inputs.commit && record.build.options === inputs.options)
      return record.image;
  }
  return null;
}

/**
 * Has the image in the registry: builds and pushes it, unless it is there.
 *
 * @param anew whether it is built also where it serves already
 * @throws DeployError BUILD_FAILED and the like, TRANSFER_FAILED, REGISTRY_REFUSED
 */
export async function imageToRun(
  order: Order,
  states: FleetState,
  fleet: Fleet,
  anew: boolean,
  options: DeployOptions,
  context: CommandContext,
  telling: Telling,
): Promise<ImageToRun> {
  const { repository } = order.project.config;
  const { version } = order;
  if (options.skipPush)
    return {
      image: { repository, tag: version, digest: await taggedDigest(order, fleet) },
      origin: "named",
      buildMs: 0,
    };
  const serving = anew || options.noCache ? null : servingImage(order, states);
  if (serving !== null) return { image: serving, origin: "serving", buildMs: 0 };
  const { digest, ms } = await build(order, options, context, telling);
  return { image: { repository, tag: version, digest }, origin: "built", buildMs: Math.round(ms) };
}

/** @throws DeployError TRANSFER_FAILED where the registry has no image of that version */
export function taggedDigest({ project, version, login }: Order, { hosts }: Fleet): Promise<string> {
  const [host] = hosts;
  if (host === undefined) throw new RangeError("a configuration without hosts was let through");
  return registryDigest(host, tagReference(project.config.repository, version), login);
}

function build(
  { project, git, version }: Order,
  options: DeployOptions,
  context: CommandContext,
  telling: Telling,
) {
  const layers = options.noCache ? "anew" : "cached";
  const { config, secrets } = project;
  return asPhase("build", "Build and push the image", [], telling, context.clock, () =>
    buildAndPush(context, { config, git, version, layers, secrets }),
  );
}
