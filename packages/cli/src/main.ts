import { run } from "./run.ts";
import { ownSurroundings } from "./surroundings.ts";

// When nothing is left to wait for, Node ends with 0, also in the middle of a command. That would say
// that all is well, so until the command has ended the exit code is the one of a defect.
process.exitCode = 80;
const forgotten = () =>
  process.stderr.write(
    "✗ deploy stopped before it was done, which is a defect; see what serves: deploy details\n",
  );
process.once("beforeExit", forgotten);

process.exitCode = await run(process.argv.slice(2), ownSurroundings());
process.off("beforeExit", forgotten);
