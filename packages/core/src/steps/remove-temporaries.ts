import { posix } from "node:path";
import type { RemoveTemporaries } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";

export const removeTemporaries: StepHandler<RemoveTemporaries> = {
  describe: ({ files }) => `remove ${files.join(", ")}, whose writing was broken off`,
  async run({ files }, { host, around }) {
    const store = await host.files();
    await Promise.all(files.map((file) => store.remove(posix.join(around.folders.app, file))));
    return undefined;
  },
};
