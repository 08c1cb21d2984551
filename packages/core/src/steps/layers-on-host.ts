import type Dockerode from "dockerode";
import { commonBeginning } from "./common-beginning.ts";

/** As many images are compared as a look at a host can afford, the newest first. */
const MOST_IMAGES = 100;

/**
 * Which of an image's layers a host has already. A layer counts only together with all below it,
 * since that is how the engine knows it. With the containerd store it is none: that one has to be
 * given every layer anew.
 *
 * @param layers content digests, the lowest first
 */
export async function layersOnHost(
  docker: Dockerode,
  layers: readonly string[],
): Promise<ReadonlySet<string>> {
  const [info, images] = await Promise.all([docker.info(), docker.listImages()]);
  const status = (info.DriverStatus ?? []) as [string, string][];
  if (status.some(([name, value]) => name === "driver-type" && value.startsWith("io.containerd.snapshotter")))
    return new Set();
  const inspected = await Promise.allSettled(
    images.slice(0, MOST_IMAGES).map(({ Id }) => docker.getImage(Id).inspect()),
  );
  // One that was removed meanwhile has nothing to offer.
  const others = inspected.flatMap((one) =>
    one.status === "fulfilled" ? [one.value.RootFS.Layers ?? []] : [],
  );
  return new Set(commonBeginning(layers, others));
}
