import { dockerStatus } from "../hosts/docker/docker-status.ts";
import type { RemoveContainers } from "../plan/step.ts";
import { prunedOn } from "./pruned.ts";
import type { StepHandler } from "./step-handler.ts";

export const removeContainers: StepHandler<RemoveContainers> = {
  describe: ({ containers }) => `remove ${containers.map(({ name }) => name).join(", ")}`,
  async run({ containers }, { docker, host, memory }) {
    await Promise.all(
      containers.map(async ({ id, name }) => {
        try {
          await docker.getContainer(id).remove();
        } catch (error) {
          // Gone by hand since we looked.
          if (dockerStatus(error) !== 404) throw error;
        }
        prunedOn(memory, host.name).containers.push(name);
      }),
    );
    return undefined;
  },
};
