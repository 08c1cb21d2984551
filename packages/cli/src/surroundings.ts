import { randomBytes } from "node:crypto";
import { homedir } from "node:os";
import { resolve } from "node:path";
import type { ReadStream, WriteStream } from "node:tty";
import type { Clock, Random } from "@cutover/core";

/** What a command line touches outside itself, as one argument, so that a test can stand in for it. */
export interface Surroundings {
  cwd: string;
  home: string;
  /** The file that started this command; absolute. */
  program: string;
  env: Readonly<Record<string, string | undefined>>;
  stdin: ReadStream;
  stdout: WriteStream;
  stderr: WriteStream;
  clock: Clock;
  random: Random;
  signals: Signals;
  /** Ends the process at once, whatever still runs. */
  exit(code: number): void;
}

/** Where signals of the operating system come from. */
export interface Signals {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

/** The process that we are. */
export function ownSurroundings(): Surroundings {
  return {
    cwd: process.cwd(),
    home: process.env["HOME"] || homedir(),
    program: resolve(process.argv[1] ?? ""),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    random: { hex: (bytes) => randomBytes(bytes).toString("hex") },
    signals: process,
    exit: (code) => process.exit(code),
  };
}
