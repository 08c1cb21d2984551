import { ControlRefusal } from "../control/refusal.ts";
import { UsageError } from "./flags.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Says why a command line could not be carried out.
 *
 * @returns the exit code: 1 refused, 2 not understood
 * @throws the error itself where it is a defect
 */
export function failed(error: unknown, { errors }: Terminal): number {
  const complain = (message: string, exitCode: number) => {
    errors.write(`cutover-proxy: ${message}\n`);
    return exitCode;
  };
  if (error instanceof UsageError) return complain(error.message, 2);
  if (error instanceof ControlRefusal) return complain(`${error.code}: ${error.message}`, 1);
  if (isUnreachable(error)) return complain("no proxy is running here (no control socket)", 1);
  throw error;
}

function isUnreachable(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ECONNREFUSED";
}
