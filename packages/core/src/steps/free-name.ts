import { dockerStatus } from "../hosts/docker/docker-status.ts";
import type { FreeName } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";

export const freeName: StepHandler<FreeName> = {
  describe: ({ name, newName }) => `rename ${name} to ${newName}`,
  async run({ name, newName }, { docker }) {
    try {
      await docker.getContainer(name).rename({ name: newName });
    } catch (error) {
      if (dockerStatus(error) !== 404) throw error;
      // The connection dropped after it was asked and before it was answered, unless it is not there either.
      await docker.getContainer(newName).inspect();
    }
    return undefined;
  },
  async undo({ name, newName }, { docker }) {
    try {
      await docker.getContainer(newName).rename({ name });
    } catch (error) {
      // It was never renamed.
      if (dockerStatus(error) !== 404) throw error;
    }
  },
};
