import type { BuiltImage } from "../build/build-and-push.ts";
import { wasBuiltLast } from "../build/source.ts";
import type { Telling } from "./as-command.ts";
import { buildImage, type HowToBuild } from "./build-image.ts";
import type { CommandContext } from "./context.ts";
import type { Order } from "./order.ts";

/** A build that began before it was known whether it is needed. */
export interface BegunBuild {
  /** What it comes to. Its failure is told to whoever waits for it, and to nobody else. */
  readonly image: Promise<BuiltImage>;
  /** Ends it where it has not ended, and waits until it has let go of everything. */
  callOff(): Promise<void>;
}

/**
 * Begins to build while the hosts are connected to and looked at, where that will hardly be for nothing: a commit
 * that was built here last probably serves, any other one does not.
 *
 * @returns null where the build has to wait for what the hosts serve, or for what they are
 */
export async function beginBuild(
  order: Order,
  how: HowToBuild,
  context: CommandContext,
  telling: Telling,
): Promise<BegunBuild | null> {
  const { builder, registry } = order.project.config;
  if (how.skipPush || registry.local) return null;
  const isCertain = how.anew || how.noCache;
  if (!isCertain && (await wasBuiltLast({ git: order.git, context: builder.context, place: context })))
    return null;
  const halt = new AbortController();
  const signal = AbortSignal.any([context.signal, halt.signal]);
  const image = buildImage(order, builder.arches, how, { ...context, signal }, telling);
  // Where nobody comes to wait for it, it was not needed.
  image.catch(() => undefined);
  return {
    image,
    callOff: async () => {
      halt.abort();
      await Promise.allSettled([image]);
    },
  };
}
