import type { MarkActive } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";

export const markActive: StepHandler<MarkActive> = {
  describe: ({ active }) => `note that ${active.release} serves`,
  essential: true,
  async run({ active }, { host, around }) {
    const files = await host.files();
    await files.replace(around.folders.active, JSON.stringify(active), 0o600, around.random.hex(8));
    return undefined;
  },
};
