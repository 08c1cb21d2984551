import type { KeepContainer } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";

/** Taken back by the undo of what started the container, since what ran before must go on as it was. */
export const keepContainer: StepHandler<KeepContainer> = {
  describe: ({ name, restart }) => `let ${name} restart ${restart.Name}`,
  async run({ name, restart }, { docker }) {
    await docker.getContainer(name).update({ RestartPolicy: restart });
    return undefined;
  },
};
