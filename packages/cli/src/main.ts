import { run } from "./run.ts";
import { ownSurroundings } from "./surroundings.ts";

process.exitCode = await run(process.argv.slice(2), ownSurroundings());
