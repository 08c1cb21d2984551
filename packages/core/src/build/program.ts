import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A program to run on this machine. No shell is involved. */
export interface ProgramCall {
  program: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  /** Takes each line as it is written. */
  onLine(line: string, stream: "stdout" | "stderr"): void;
}

/**
 * Runs a program to its end, giving its output line by line.
 *
 * @returns its exit code; null when a signal ended it, an aborted `signal` included
 * @throws the system's error when it cannot be started: `ENOENT` where there is none
 */
export function runProgram(call: ProgramCall): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(call.program, call.args, {
      cwd: call.cwd,
      env: call.env,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C reaches us, and we end it in our time.
      detached: true,
    });
    // The group, because docker runs buildx as a child of its own.
    const end = () => child.pid !== undefined && process.kill(-child.pid, "SIGTERM");
    call.signal.addEventListener("abort", end, { once: true });
    createInterface(child.stdout).on("line", (line) => call.onLine(line, "stdout"));
    createInterface(child.stderr).on("line", (line) => call.onLine(line, "stderr"));
    child.once("error", (error) => {
      call.signal.removeEventListener("abort", end);
      reject(error);
    });
    child.once("exit", () => call.signal.removeEventListener("abort", end));
    child.once("close", resolve);
    if (call.signal.aborted) end();
  });
}
