import { HarnessError } from "../../harness-error.ts";
import { PARTS, type Part } from "../../sandbox/sandbox.ts";

/**
 * The machine that was named.
 *
 * @throws HarnessError `USAGE` when there is none of that name.
 */
export function machineNamed(name: string): Part {
  const part = PARTS.find((known) => known === name);
  if (part) return part;
  throw new HarnessError("USAGE", {
    cause: `There is no machine ${name} in the sandbox`,
    hint: `One of: ${PARTS.join(", ")}`,
  });
}

/** The name of a machine's container. */
export const containerOf = (project: string, machine: Part) => `${project}-${machine}-1`;
