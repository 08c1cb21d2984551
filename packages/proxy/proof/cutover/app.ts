import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./app-program.ts", import.meta.url));

/** A release of the app, in a process of its own. */
export class App {
  readonly name: string;
  readonly target: string;
  readonly #child: ChildProcess;
  readonly #counts: string;
  alive = true;

  private constructor(name: string, port: string, child: ChildProcess, counts: string) {
    this.name = name;
    this.target = `127.0.0.1:${port}`;
    this.#child = child;
    this.#counts = counts;
  }

  /** @param folder for what it counts */
  static async start(folder: string, name: string): Promise<App> {
    const counts = join(folder, `${name}.counts`);
    const child = spawn(process.execPath, [program, name, counts], { stdio: ["pipe", "pipe", "inherit"] });
    for await (const port of createInterface({ input: child.stdout }))
      return new App(name, port, child, counts);
    throw new Error(`${name} ended before it listened`);
  }

  async kill(): Promise<void> {
    if (!this.alive) return;
    this.alive = false;
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGKILL");
    await ended;
  }

  /** The id of every POST that it carried out, in order. */
  async counted(): Promise<string[]> {
    return (await readFile(this.#counts, "utf8")).split("\n").slice(0, -1);
  }
}
