import { type BuiltImage, buildAndPush } from "../build/build-and-push.ts";
import type { Telling } from "./as-command.ts";
import type { Architecture, CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import type { Order } from "./order.ts";
import { asPhase } from "./phase.ts";

/** How an image is had. */
export interface HowToBuild extends Pick<DeployOptions, "skipPush" | "noCache"> {
  /** Whether it is built also where it serves already. */
  anew: boolean;
}

/**
 * Builds an order's image, and pushes it where there is a registry.
 *
 * @param arches what it is built for
 * @throws DeployError BUILD_FAILED and the like
 */
export function buildImage(
  { project, git, version }: Order,
  arches: readonly Architecture[],
  { noCache }: HowToBuild,
  context: CommandContext,
  telling: Telling,
): Promise<BuiltImage> {
  const { config, secrets } = project;
  const built = { ...config, builder: { ...config.builder, arches: [...arches] } };
  const title = config.registry.local ? "Build the image" : "Build and push the image";
  const layers = noCache ? "anew" : "cached";
  return asPhase("build", title, [], telling, context.clock, () =>
    buildAndPush(context, { config: built, git, version, layers, secrets }),
  );
}
