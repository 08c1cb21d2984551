import { spawn } from "node:child_process";
import type { Engine } from "../../engine/ensure-engine.ts";

/** Without a terminal on both sides `docker exec --tty` refuses to start. */
export const terminalOption = () =>
  process.stdin.isTTY && process.stdout.isTTY ? ["--interactive", "--tty"] : ["--interactive"];

/**
 * Runs the docker command in this terminal, to its end.
 *
 * @returns its exit code; 130 when it was interrupted.
 */
export function dockerCommand(engine: Engine, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("docker", args, { env: engine.env, stdio: "inherit" });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 130));
  });
}
