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

// Only the hosts' good-byes could still be waited for, and they change nothing.
await Promise.all([process.stdout, process.stderr].map(written));
process.exit();

/** Waits until all that was written to a stream has left this process, or cannot. */
async function written(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength > 0) await new Promise((resolve) => stream.write("", resolve));
}
