import { dockerStatus } from "../hosts/docker/docker-status.ts";
import type { TagImage } from "../plan/step.ts";
import { imageByDigest } from "../release/release.ts";
import type { StepHandler } from "./step-handler.ts";

export const tagImage: StepHandler<TagImage> = {
  describe: ({ tags }) => `tag the image ${tags.join(", ")}`,
  async run({ image, tags }, { docker }) {
    const serving = docker.getImage(imageByDigest(image));
    try {
      await Promise.all(tags.map((tag) => serving.tag({ repo: image.repository, tag })));
    } catch (error) {
      // A container that was kept lives on without its image's name.
      if (dockerStatus(error) === 404) return "the image is no longer there by name";
      throw error;
    }
    return undefined;
  },
};
