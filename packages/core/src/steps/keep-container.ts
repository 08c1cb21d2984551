import type { KeepContainer } from "../plan/step.ts";
import { dockerStatus } from "./docker-status.ts";
import type { StepHandler } from "./step-handler.ts";

export const keepContainer: StepHandler<KeepContainer> = {
  describe: ({ name, restart }) => `let ${name} restart ${restart.Name}`,
  essential: true,
  async run({ name, restart }, { docker }) {
    await docker.getContainer(name).update({ RestartPolicy: restart });
    return undefined;
  },
  async undo({ name }, { docker }) {
    try {
      // It is about to be stopped: an engine that restarts must not start it again.
      await docker.getContainer(name).update({ RestartPolicy: { Name: "no" } });
    } catch (error) {
      if (dockerStatus(error) !== 404) throw error;
    }
  },
};
