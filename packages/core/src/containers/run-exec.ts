import type { Duplex } from "node:stream";
import type Dockerode from "dockerode";
import type { Terminal } from "../commands/look-options.ts";
import { type ExecWish, execCommand, execContainer, execEnv } from "./exec-spec.ts";
import { type OutputLine, outputLines } from "./output-lines.ts";

/** Where what a command writes goes. */
export type ExecOutput = { lines(line: OutputLine): void } | { terminal: Terminal };

/**
 * Runs a command in a new container made after one that runs, and removes it whatever happens.
 *
 * @param signal ends the command
 * @returns its exit code
 */
export async function runInNew(
  docker: Dockerode,
  runningId: string,
  name: string,
  wish: ExecWish,
  output: ExecOutput,
  signal: AbortSignal,
): Promise<number> {
  const running = await docker.getContainer(runningId).inspect();
  signal.throwIfAborted();
  const container = await docker.createContainer(execContainer(running, name, wish));
  try {
    const stdin = wish.terminal;
    const stream = await container.attach({ stream: true, stdin, stdout: true, stderr: true, hijack: true });
    await container.start();
    await passed(stream as Duplex, output, (size) => container.resize(size), signal);
    // The output has ended, so the answer is there or about to be.
    const { StatusCode: exitCode }: { StatusCode: number } = await container.wait();
    return exitCode;
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/**
 * Runs a command in a container that runs. Docker cannot end such a command from outside: when the
 * signal is aborted it loses its output and, with a terminal, its input.
 *
 * @returns its exit code
 */
export async function runInRunning(
  docker: Dockerode,
  containerId: string,
  wish: ExecWish,
  output: ExecOutput,
  signal: AbortSignal,
): Promise<number> {
  const exec = await docker.getContainer(containerId).exec({
    Cmd: execCommand(wish.command),
    Env: execEnv(wish.env),
    Tty: wish.terminal,
    AttachStdin: wish.terminal,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: wish.terminal, Tty: wish.terminal });
  await passed(stream, output, (size) => exec.resize(size), signal);
  const { ExitCode: exitCode } = await exec.inspect();
  return exitCode ?? 0;
}

/** Passes on what comes, to its end. */
async function passed(
  stream: Duplex,
  output: ExecOutput,
  resize: (size: { w: number; h: number }) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const stop = () => stream.destroy(signal.reason instanceof Error ? signal.reason : new Error("stopped"));
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    if ("terminal" in output) await lendTerminal(stream, output.terminal, resize);
    else for await (const line of outputLines(stream, "framed")) output.lines(line);
  } finally {
    signal.removeEventListener("abort", stop);
    stream.destroy();
  }
}

async function lendTerminal(
  stream: Duplex,
  terminal: Terminal,
  resize: (size: { w: number; h: number }) => Promise<unknown>,
): Promise<void> {
  const fit = () => {
    const { columns, rows } = terminal.size();
    // It may have ended meanwhile; then there is nothing to fit.
    resize({ w: columns, h: rows }).catch(() => undefined);
  };
  fit();
  const stopFitting = terminal.onResize(fit);
  const type = (keys: Buffer) => void stream.write(keys);
  terminal.input.on("data", type);
  try {
    for await (const piece of stream) terminal.output.write(piece);
  } finally {
    stopFitting();
    terminal.input.off("data", type);
    terminal.input.pause();
  }
}
