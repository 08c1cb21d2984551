import { $, type ProcessOutput } from "zx";
import { HarnessError } from "../harness-error.ts";

/** How a program is started. */
export interface CommandOptions {
  /** The whole environment; this process's own when left out. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  input?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** How a program ended. `exitCode` is -1 when it could not be started or was ended by a signal. */
export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a program of this machine to its end. Arguments are passed as they are, never through a shell's eyes. */
export async function command(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  options.signal?.throwIfAborted();
  const running = $({
    nothrow: true,
    quiet: true,
    ...(options.env && { env: options.env }),
    ...(options.cwd && { cwd: options.cwd }),
    ...(options.signal && { signal: options.signal }),
    ...(options.timeoutMs && { timeout: options.timeoutMs }),
    input: options.input ?? "",
  })`${program} ${args}`;
  const output: ProcessOutput = await running;
  options.signal?.throwIfAborted();
  return { exitCode: output.exitCode ?? -1, stdout: output.stdout, stderr: output.stderr };
}

/**
 * Like {@link command}, for a program that has to succeed.
 *
 * @returns what it wrote to standard output, without the white space around it.
 * @throws HarnessError with `code`, what was attempted and the last lines of what the program said.
 */
export async function mustRun(
  what: { doing: string; code: HarnessError["code"] },
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await command(program, args, options);
  if (result.exitCode === 0) return result.stdout.trim();
  const said = `${result.stdout}\n${result.stderr}`.trim().split("\n");
  throw new HarnessError(what.code, {
    cause: `${what.doing} failed: ${program} ended with ${result.exitCode}`,
    details: said.slice(-10),
  });
}
