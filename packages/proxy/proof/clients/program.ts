import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A program of this folder, run in a process of its own until its stdin ends. */
export class Program {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #interface: Interface;

  /** @param name of the file, such as `origin-program.ts` */
  constructor(name: string, args: readonly string[] = []) {
    const path = fileURLToPath(new URL(name, import.meta.url));
    const child = spawn(process.execPath, [path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child = child;
    this.#interface = createInterface({ input: child.stdout });
    this.#lines = this.#interface[Symbol.asyncIterator]();
  }

  /** @throws Error when it ends without another line */
  async line(): Promise<string> {
    const { done, value } = await this.#lines.next();
    if (done) throw new Error("the program ended without the line that was waited for");
    return value;
  }

  /** Lets it end by itself. Its last line may be read after that. */
  end(): void {
    this.#child.stdin?.end();
  }

  async ended(): Promise<void> {
    this.#interface.close();
    if (this.#child.exitCode === null) await new Promise((resolve) => this.#child.once("exit", resolve));
  }
}
