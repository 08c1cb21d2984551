import { EventEmitter } from "node:events";
import { tmpdir } from "node:os";
import type { ReadStream, WriteStream } from "node:tty";
import { run } from "./run.ts";
import type { Surroundings } from "./surroundings.ts";

/** What became of a command line. */
export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a command line in this process, with streams that are no terminal and keep what is written. */
async function commandLine(typed: string[], different: Partial<Surroundings>): Promise<Ended> {
  const stdout = keepingStream();
  const stderr = keepingStream();
  const around: Surroundings = {
    cwd: tmpdir(),
    home: tmpdir(),
    program: "/usr/local/bin/deploy",
    env: {},
    stdin: { isTTY: false } as ReadStream,
    stdout: stdout.stream,
    stderr: stderr.stream,
    clock: { now: () => Date.UTC(2026, 0, 1), monotonic: () => 0 },
    random: { hex: (bytes) => "0".repeat(bytes * 2) },
    signals: new EventEmitter(),
    exit: (code) => {
      throw new Error(`exit(${code}) was called`);
    },
    ...different,
  };
  const exitCode = await run(typed, around);
  return { exitCode, stdout: stdout.written(), stderr: stderr.written() };
}

/** Runs `deploy` with these words. `with` changes what is around it. */
export const aCommandLine = Object.assign((...typed: string[]) => commandLine(typed, {}), {
  with:
    (different: Partial<Surroundings>) =>
    (...typed: string[]) =>
      commandLine(typed, different),
});

function keepingStream(): { stream: WriteStream; written(): string } {
  let written = "";
  const stream = { isTTY: false, on: () => stream, write: (text: string) => (written += text) };
  return { stream: stream as unknown as WriteStream, written: () => written };
}
