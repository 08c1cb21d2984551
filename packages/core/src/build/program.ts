import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { DeployError } from "../errors/index.ts";
import { stopped } from "../run/ending.ts";

/** A program to run on this machine. Nothing of it passes through a shell. */
export interface ProgramRun {
  program: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Ends the program and everything it started. */
  signal: AbortSignal;
  /** Told each line as it comes; both streams are collected all the same. */
  onLine?(stream: "stdout" | "stderr", text: string): void;
}

/** How it ended. */
export interface ProgramEnd {
  /** Null when a signal ended it. */
  exitCode: number | null;
  stdout: string[];
  stderr: string[];
}

/** How long an aborted program may take to end by itself. */
const GRACE_MS = 5_000;

/**
 * Runs a program and waits for its end.
 *
 * @returns null where there is no such program on the PATH
 * @throws DeployError INTERRUPTED or TERMINATED when the signal was aborted; BUILD_FAILED when it
 *   cannot be started for another reason
 */
export function runProgram(run: ProgramRun): Promise<ProgramEnd | null> {
  if (run.signal.aborted) return Promise.reject(stopped(run.signal));
  return new Promise((resolve, reject) => {
    // A process group of its own: Ctrl-C reaches us alone, and an abort also ends Docker's plugins.
    const child = spawn(run.program, run.args, {
      cwd: run.cwd,
      env: { ...run.env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const stdout = collect(child.stdout, (text) => run.onLine?.("stdout", text));
    const stderr = collect(child.stderr, (text) => run.onLine?.("stderr", text));
    let kill: NodeJS.Timeout | undefined;
    const onAbort = () => {
      endGroup(child.pid, "SIGTERM");
      kill = setTimeout(() => endGroup(child.pid, "SIGKILL"), GRACE_MS);
    };
    run.signal.addEventListener("abort", onAbort, { once: true });
    const ended = () => {
      clearTimeout(kill);
      run.signal.removeEventListener("abort", onAbort);
    };
    child.once("error", (error) => {
      ended();
      if ("code" in error && error.code === "ENOENT") resolve(null);
      else reject(cannotStart(run.program, error));
    });
    child.once("close", (exitCode) => {
      ended();
      if (run.signal.aborted) reject(stopped(run.signal));
      else resolve({ exitCode, stdout, stderr });
    });
  });
}

function collect(stream: NodeJS.ReadableStream, tell: (text: string) => void): string[] {
  const lines: string[] = [];
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (text) => {
    lines.push(text);
    tell(text);
  });
  return lines;
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // The group has ended between the abort and now.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function cannotStart(program: string, error: Error): DeployError {
  const cause = `${program} could not be started: ${error.message}`;
  return new DeployError("BUILD_FAILED", { cause, state: "unchanged" }, { cause: error });
}
