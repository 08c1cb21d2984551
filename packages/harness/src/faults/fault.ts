import { HarnessError } from "../harness-error.ts";
import type { Machine, Ran } from "../sandbox/machine.ts";

/** Something that was broken on purpose. */
export interface Fault {
  /** Puts it right again. Doing so twice is harmless. */
  heal(): Promise<void>;
}

/**
 * Runs what breaks or heals a machine; it has to succeed, or a test would prove nothing.
 *
 * @throws HarnessError `SANDBOX_FAILED`
 */
export async function doTo(machine: Machine, command: string): Promise<Ran> {
  const ran = await machine.run(command);
  if (ran.exitCode === 0) return ran;
  throw new HarnessError("SANDBOX_FAILED", {
    cause: `The fault could not be made on ${machine.name}`,
    details: [command, ...ran.output.trim().split("\n").slice(-5)],
  });
}
