import type { KeepContainer } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";

export const keepContainer: StepHandler<KeepContainer> = {
  describe: ({ name, restart }) => `let ${name} restart ${restart.Name}`,
  essential: true,
  async run({ name, restart }, { docker }) {
    await docker.getContainer(name).update({ RestartPolicy: restart });
    return undefined;
  },
};
