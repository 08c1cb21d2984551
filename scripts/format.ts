/** `pnpm format`: formats every file and makes the lint fixes that are safe to make. */
import { run, tool } from "./gate/command.ts";

const never = new AbortController().signal;
process.exitCode = (await run(tool("biome"), ["check", "--write", ...process.argv.slice(2)], {
  signal: never,
}))
  ? 0
  : 1;
