import { isAbsolute, posix } from "node:path";
import type Dockerode from "dockerode";
import { HarnessError } from "../harness-error.ts";
import { execIn } from "./exec.ts";
import type { Machine, Ran, RunOptions } from "./machine.ts";

/** A machine that is a container on the outer engine. */
export class ContainerMachine implements Machine {
  readonly name: string;
  readonly container: string;
  readonly outer: Dockerode;
  private readonly home: string;

  /** @param home the folder that commands run in and relative paths start from. */
  constructor(outer: Dockerode, project: string, name: string, home = "/root") {
    this.outer = outer;
    this.name = name;
    this.container = `${project}-${name}-1`;
    this.home = home;
  }

  run(command: string, options: RunOptions = {}): Promise<Ran> {
    return execIn(this.outer, this.container, ["bash", "-c", command], { cwd: this.home, ...options });
  }

  async write(path: string, text: string): Promise<void> {
    const target = isAbsolute(path) ? path : posix.join(this.home, path);
    const script = 'mkdir -p "$(dirname "$1")" && cat > "$1"';
    const argv = ["bash", "-c", script, "write", target];
    const { exitCode, stderr } = await execIn(this.outer, this.container, argv, { input: text });
    if (exitCode !== 0) {
      const code = /no space left/i.test(stderr) ? "DISK_FULL" : "SANDBOX_FAILED";
      throw new HarnessError(code, {
        cause: `${target} could not be written on ${this.name}: ${stderr.trim()}`,
      });
    }
  }

  /** Runs something that has to succeed for the sandbox itself to be what it promises. */
  protected async must(what: string, command: string, options?: RunOptions): Promise<string> {
    const ran = await this.run(command, options);
    if (ran.exitCode === 0) return ran.stdout.trim();
    throw new HarnessError("SANDBOX_FAILED", {
      cause: `${what} on ${this.name} failed with ${ran.exitCode}`,
      details: ran.output.trim().split("\n").slice(-10),
    });
  }
}
