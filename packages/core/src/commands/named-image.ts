import { localImages } from "../build/local-images.ts";
import { DeployError } from "../errors/index.ts";
import type { Fleet } from "../hosts/fleet.ts";
import { registryDigest } from "../observe/registry-digest.ts";
import { type ReleaseImage, tagReference } from "../release/release.ts";
import type { CommandContext } from "./context.ts";
import type { Order } from "./order.ts";

/** The image of an order, once its digest is known. */
export function imageOf({ project, version }: Order, digest: string): ReleaseImage {
  const { repository, registry } = project.config;
  return { repository, tag: version, digest, ...(registry.local ? { from: "client" } : {}) };
}

/**
 * What the version's tag names now: in the registry, or without one on this machine.
 *
 * @throws DeployError TRANSFER_FAILED where there is no image of that version
 */
export async function namedDigest(
  { project, version, login }: Order,
  { hosts }: Fleet,
  context: CommandContext,
): Promise<string> {
  const reference = tagReference(project.config.repository, version);
  if (!project.config.registry.local) {
    const [host] = hosts;
    if (host === undefined) throw new RangeError("a configuration without hosts was let through");
    return registryDigest(host, reference, login);
  }
  const image = await localImages(context).find(reference);
  if (image !== null) return image.id;
  throw new DeployError("TRANSFER_FAILED", {
    cause: `there is no image ${reference} on this machine, and no registry to find it in`,
    hint: "deploy without --skip-push builds it; docker image ls shows what is there",
    state: "unchanged",
  });
}
