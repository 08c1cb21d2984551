import { spawn } from "node:child_process";
import { Duplex, PassThrough } from "node:stream";
import type { Environment } from "../../config/workspace.ts";

/** As many of its last characters as tell what went wrong. */
const LAST_WORDS = 2_000;

/** What reaches a host. */
export interface Reach {
  stream: Duplex;
  /** What the command behind it wrote to standard error, at most its end; empty where there is none. */
  said(): string;
}

/**
 * Starts a command whose standard input and output reach a host, as ssh does: with a shell, since it
 * is the user's own line. It is ended with the stream.
 *
 * @param command with its tokens filled in
 */
export function runProxyCommand(command: string, cwd: string, env: Environment): Reach {
  // With `exec` no shell stays in between that would outlive the stream. In a group of its own, since
  // Ctrl-C is for us alone: what was begun is undone over this very stream.
  const child = spawn("/bin/sh", ["-c", `exec ${command}`], {
    cwd,
    env,
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said = (said + chunk).slice(-LAST_WORDS);
  });
  const input = new PassThrough();
  const output = new PassThrough();
  input.pipe(child.stdin);
  child.stdout.pipe(output, { end: false });
  // Why it reads no more, it says itself.
  child.stdin.on("error", () => undefined);
  // Ended only now, so that what it had to say is known when the stream ends.
  child.once("close", () => output.end());
  const stream = Duplex.from({ readable: output, writable: input });
  child.once("error", (error) => stream.destroy(error));
  stream.once("close", () => endGroup(child.pid));
  return { stream, said: () => said.trim() };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGTERM");
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
