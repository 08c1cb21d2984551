import { run, tool } from "./command.ts";
import { type Counts, oneFailed, onePassed } from "./counts.ts";

type Check = (signal: AbortSignal) => Promise<Counts>;

const check =
  (program: string, ...args: string[]): Check =>
  async (signal) =>
    (await run(tool(program), args, { signal })) ? onePassed : oneFailed;

export const lint = check("biome", "check", "--error-on-warnings");
export const types = check("tsc", "--build");
export const deadCode = check("knip", "--no-progress", "--treat-config-hints-as-errors");
