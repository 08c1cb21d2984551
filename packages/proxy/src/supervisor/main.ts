/* What the image's launcher loads for `run`: all that starts workers, and nothing of what they do. */
import { failed } from "../command/failed.ts";
import { runFrom } from "../command/run.ts";

const terminal = { input: process.stdin, output: process.stdout, errors: process.stderr };
process.exitCode = await runFrom(process.argv.slice(3), terminal).catch((error: unknown) =>
  failed(error, terminal),
);
