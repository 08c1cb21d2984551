import { dockerStatus } from "../hosts/docker/docker-status.ts";
import type { RemoveImages } from "../plan/step.ts";
import { prunedOn } from "./pruned.ts";
import type { StepHandler } from "./step-handler.ts";

export const removeImages: StepHandler<RemoveImages> = {
  describe: ({ references }) => `remove ${references.length} image references that no kept release needs`,
  async run({ references }, { docker, host, memory }) {
    // One after another: removing an image's last tag takes its digests away too.
    for (const reference of references) {
      try {
        await docker.getImage(reference).remove();
        prunedOn(memory, host.name).images.push(reference);
      } catch (error) {
        // Went with another reference, or a container came to use it: either way not ours to remove.
        const status = dockerStatus(error);
        if (status !== 404 && status !== 409) throw error;
      }
    }
    return undefined;
  },
};
