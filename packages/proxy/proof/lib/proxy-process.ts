import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ask } from "../../src/control/client.ts";
import type { Verb, Verbs } from "../../src/control/protocol.ts";
import { ControlRefusal } from "../../src/control/refusal.ts";

const program = fileURLToPath(new URL("./proxy-program.ts", import.meta.url));

/** What the proxy logs of itself. */
export type LogLine = { event: string } & Record<string, unknown>;

/** The proxy did not answer, because it is dead. */
export class ProxyDied extends Error {}

/** A real proxy in a process of its own. */
export class ProxyProcess {
  readonly #child: ChildProcess;
  readonly #socketPath: string;
  readonly lines: LogLine[] = [];
  /** Settles with the signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** Where it serves, on loopback. */
  httpPort = 0;
  /** From the start of the process until it serves. */
  startMs = 0;

  private constructor(folder: string, child: ChildProcess) {
    this.#child = child;
    this.#socketPath = join(folder, "control");
    this.ended = new Promise((resolve) => child.once("close", (_code, signal) => resolve(signal)));
  }

  /**
   * @param folder for its state and its control socket
   * @param settings `port` 0 takes a free one; `crashPoint` as `crashingDisk` has it
   * @throws ProxyDied when it ends before it serves
   */
  static async start(folder: string, settings = { port: 0, crashPoint: 0 }): Promise<ProxyProcess> {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [program, folder, `${settings.port}`, `${settings.crashPoint}`], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const proxy = new ProxyProcess(folder, child);
    const serving = proxy.#readLines();
    const died = proxy.ended.then((signal) => {
      throw new ProxyDied(`the proxy ended (${signal}) before it served`);
    });
    proxy.httpPort = await Promise.race([serving, died]);
    proxy.startMs = performance.now() - startedAt;
    return proxy;
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /**
   * @throws ControlRefusal when it refuses
   * @throws ProxyDied when it can't answer
   */
  async tell<V extends Verb>(verb: V, params: Verbs[V]["params"], id: string): Promise<Verbs[V]["result"]> {
    try {
      return await ask(this.#socketPath, id, verb, params);
    } catch (error) {
      if (error instanceof ControlRefusal) throw error;
      throw new ProxyDied(`${verb}: ${(error as Error).message}`);
    }
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  #readLines(): Promise<number> {
    return new Promise((resolve) => {
      createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on("line", (text) => {
        const line = JSON.parse(text) as LogLine;
        this.lines.push(line);
        if (line.event === "proxy.started") resolve(line["http"] as number);
      });
    });
  }
}
