/* What the image's launcher loads for `run`: all that starts workers, and nothing of what they do. */
import { failed } from "../command/failed.ts";
import { runFrom } from "../command/run.ts";
import { ownTerminal } from "../command/terminal.ts";

process.exitCode = await runFrom(process.argv.slice(3), ownTerminal).catch((error: unknown) =>
  failed(error, ownTerminal),
);
