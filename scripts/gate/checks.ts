import { type RunOptions, run, tool } from "./command.ts";
import { type Counts, oneFailed, onePassed } from "./counts.ts";

type Check = (options: RunOptions) => Promise<Counts>;

const check =
  (program: string, ...args: string[]): Check =>
  async (options) =>
    (await run(tool(program), args, options)) ? onePassed : oneFailed;

export const lint = check("biome", "check", "--error-on-warnings");
export const types = check("tsc", "--build");
export const deadCode = check("knip", "--no-progress", "--treat-config-hints-as-errors");
