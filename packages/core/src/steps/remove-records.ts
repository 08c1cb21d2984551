import type { RemoveRecords } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";
import { removeRelease } from "./write-record.ts";

export const removeRecords: StepHandler<RemoveRecords> = {
  describe: ({ releases }) => `forget ${releases.join(", ")}`,
  async run({ releases }, { host, around }) {
    const files = await host.files();
    await Promise.all(releases.map((id) => removeRelease(files, around.folders, id)));
    return undefined;
  },
};
