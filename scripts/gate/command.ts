import { spawn } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** How long an interrupted tool may take to clean up after itself before it is killed, in ms. */
const CLEAN_UP_LIMIT_MS = 60_000;

/** The path of a tool that `pnpm install` brought. */
export function tool(name: string): string {
  return join(root, "node_modules", ".bin", name);
}

/** How a program is run. */
export interface RunOptions {
  signal: AbortSignal;
  env?: NodeJS.ProcessEnv;
  /** Where what it prints goes. Left out: straight to where ours goes. */
  output?: (chunk: Buffer) => void;
}

/**
 * Runs a program in the repository's top folder, and answers whether it ended with 0. It runs in a
 * process group of its own: an interrupt is passed on to the whole group once, by us, and we wait
 * until it has cleaned up.
 */
export function run(program: string, args: readonly string[], options: RunOptions): Promise<boolean> {
  return new Promise((done, fail) => {
    if (options.signal.aborted) return done(false);
    const { output } = options;
    const child = spawn(program, args, {
      cwd: root,
      env: options.env ?? process.env,
      stdio: output ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      detached: true,
    });
    if (output) for (const stream of [child.stdout, child.stderr]) stream?.on("data", output);
    const passOn = (signal: NodeJS.Signals) => {
      if (child.pid === undefined || child.exitCode !== null) return;
      try {
        process.kill(-child.pid, signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      }
    };
    let limit: NodeJS.Timeout | undefined;
    const interrupted = () => {
      passOn("SIGINT");
      limit = setTimeout(() => passOn("SIGKILL"), CLEAN_UP_LIMIT_MS);
    };
    options.signal.addEventListener("abort", interrupted, { once: true });
    const settled = () => {
      clearTimeout(limit);
      options.signal.removeEventListener("abort", interrupted);
    };
    child.once("error", (error) => {
      settled();
      fail(error);
    });
    child.once("close", (code) => {
      settled();
      done(code === 0);
    });
  });
}
