import { dockerStatus } from "../hosts/docker/docker-status.ts";
import { imageByDigest, imageByTag, type ReleaseImage } from "../release/release.ts";
import type { Act } from "./act.ts";

/** Takes an image away again that this run brought to the host, unless something else uses it by now. */
export async function removePulled(image: ReleaseImage, { docker, host, memory }: Act): Promise<void> {
  if (!memory.wasPulled(host.name, imageByDigest(image))) return;
  // The last name's removal takes the image with it.
  for (const reference of [imageByTag(image), imageByDigest(image)]) {
    try {
      await docker.getImage(reference).remove();
    } catch (error) {
      const status = dockerStatus(error);
      if (status !== 404 && status !== 409) throw error;
    }
  }
}
