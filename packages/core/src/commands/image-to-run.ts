import { commonArchitecture } from "../build/common-architecture.ts";
import { warnOfUncommitted } from "../build/uncommitted.ts";
import type { Fleet } from "../hosts/fleet.ts";
import type { FleetState } from "../observe/host-state.ts";
import { buildInputs } from "../release/build-inputs.ts";
import type { ReleaseImage } from "../release/release.ts";
import type { Telling } from "./as-command.ts";
import type { BegunBuild } from "./begin-build.ts";
import { buildImage, type HowToBuild } from "./build-image.ts";
import type { Architecture, CommandContext } from "./context.ts";
import { imageOf, namedDigest } from "./named-image.ts";
import type { Order } from "./order.ts";

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
 * Has the image in the registry, or without one on this machine: builds it, unless it is there.
 *
 * @param looking at the hosts: what they serve is not built again; an image that has a name is asked for meanwhile
 * @param how with the build that is under way, if one is
 * @throws DeployError BUILD_FAILED and the like, TRANSFER_FAILED, REGISTRY_REFUSED
 */
export async function imageToRun(
  order: Order,
  looking: Promise<FleetState>,
  fleet: Fleet,
  how: HowToBuild & { begun: BegunBuild | null },
  context: CommandContext,
  telling: Telling,
): Promise<ImageToRun> {
  if (how.skipPush) {
    const digest = await namedDigest(order, fleet, context);
    return { image: imageOf(order, digest), origin: "named", buildMs: 0 };
  }
  const states = await looking;
  const serving = how.anew || how.noCache ? null : servingImage(order, states);
  if (serving !== null) {
    // Whoever deploys a change that is not committed has to learn why nothing happens.
    warnOfUncommitted(context, { paths: order.git?.uncommitted ?? [], built: false });
    return { image: serving, origin: "serving", buildMs: 0 };
  }
  const { digest, ms } = await (how.begun?.image ??
    buildImage(order, archesFor(order, fleet), how, context, telling));
  return { image: imageOf(order, digest), origin: "built", buildMs: Math.round(ms) };
}

/** Without a registry one image goes to all hosts, so it is built for what they are. */
function archesFor({ project: { config } }: Order, { hosts }: Fleet): readonly Architecture[] {
  return config.registry.local ? [commonArchitecture(hosts, config.builder)] : config.builder.arches;
}
