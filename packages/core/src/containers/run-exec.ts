import type { Duplex, Readable } from "node:stream";
import type Dockerode from "dockerode";
import type { Terminal } from "../commands/look-options.ts";
import { dockerSentence } from "../hosts/docker/docker-status.ts";
import { type ExecWish, execCommand, execContainer, execEnv } from "./exec-spec.ts";
import { type OutputLine, outputLines } from "./output-lines.ts";
import { untilAborted } from "./until-aborted.ts";

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
    const attached = { stream: true, stdin, stdout: true, stderr: true, hijack: true };
    // dockerode names an older kind of stream; it is a socket that was upgraded.
    const stream = (await container.attach(attached)) as Duplex;
    const notStarted = await startOrSay(container);
    if (notStarted !== null) {
      stream.destroy();
      return tell(output, notStarted);
    }
    await passed(stream, output, (size) => container.resize(size), signal);
    // The output has ended, so the answer is there or about to be.
    const { StatusCode: exitCode }: { StatusCode: number } = await container.wait();
    return exitCode;
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/**
 * Starts a command in a new container that removes itself at its end, and says what it is called.
 *
 * @returns 0, or why it could not be started
 */
export async function runDetached(
  docker: Dockerode,
  runningId: string,
  name: string,
  wish: ExecWish,
  output: ExecOutput,
): Promise<number> {
  const running = await docker.getContainer(runningId).inspect();
  const settings = execContainer(running, name, wish);
  const HostConfig = { ...settings.HostConfig, AutoRemove: true };
  const container = await docker.createContainer({ ...settings, HostConfig });
  const notStarted = await startOrSay(container);
  if (notStarted === null) return tell(output, { exitCode: 0, stream: "stdout", text: name });
  await container.remove({ force: true, v: true });
  return tell(output, notStarted);
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

/** The one line there is to tell of a command, and what it ends with. */
interface Word extends OutputLine {
  exitCode: number;
}

/** @returns why the command could not be started, as shells answer it */
async function startOrSay(container: Dockerode.Container): Promise<Word | null> {
  try {
    await container.start();
    return null;
  } catch (error) {
    const said = dockerSentence(error);
    const reason = /exec: (".*?": .*?)(: unknown)?$/.exec(said)?.[1];
    if (reason === undefined) throw error;
    return { exitCode: /permission denied/.test(reason) ? 126 : 127, stream: "stderr", text: reason };
  }
}

function tell(output: ExecOutput, { exitCode, stream, text }: Word): number {
  if ("terminal" in output) output.terminal.output.write(`${text}\r\n`);
  else output.lines({ stream, text });
  return exitCode;
}

/** Passes on what comes, to its end. */
async function passed(
  stream: Duplex,
  output: ExecOutput,
  resize: (size: { w: number; h: number }) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const from = untilAborted(stream, signal);
  if ("lines" in output) for await (const line of outputLines(from, "framed")) output.lines(line);
  else await lendTerminal(from, (keys) => void stream.write(keys), output.terminal, resize);
}

async function lendTerminal(
  from: Readable,
  type: (keys: Buffer) => void,
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
  terminal.input.on("data", type);
  try {
    for await (const piece of from) terminal.output.write(piece);
  } finally {
    stopFitting();
    terminal.input.off("data", type);
    terminal.input.pause();
  }
}
