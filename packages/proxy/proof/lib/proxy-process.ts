import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Verb, Verbs } from "../../src/control/protocol.ts";
import { LoggingProcess, type LogLine } from "./logging-process.ts";
import { tell } from "./tell.ts";

const program = fileURLToPath(new URL("./proxy-program.ts", import.meta.url));

/** A real proxy in a process of its own, without a supervisor that would start it again. */
export class ProxyProcess {
  readonly #process: LoggingProcess;
  readonly #socketPath: string;
  /** Where it serves, on loopback. */
  readonly httpPort: number;
  /** From the start of the process until it serves. */
  readonly startMs: number;

  private constructor(socketPath: string, process: LoggingProcess, httpPort: number, startMs: number) {
    this.#socketPath = socketPath;
    this.#process = process;
    this.httpPort = httpPort;
    this.startMs = startMs;
  }

  /**
   * @param folder for its state and its control socket
   * @param crashPoint as `crashingDisk` has it
   * @throws ProxyDied when it ends before it serves
   */
  static async start(folder: string, crashPoint = 0): Promise<ProxyProcess> {
    const startedAt = performance.now();
    const process = new LoggingProcess(program, [folder, `${crashPoint}`]);
    const { http } = await process.next("proxy.started");
    return new ProxyProcess(join(folder, "control"), process, http as number, performance.now() - startedAt);
  }

  get pid(): number {
    return this.#process.pid;
  }

  get lines(): readonly LogLine[] {
    return this.#process.lines;
  }

  get ended(): Promise<NodeJS.Signals | null> {
    return this.#process.ended;
  }

  /** As `tell` has it. */
  tell<V extends Verb>(verb: V, params: Verbs[V]["params"], id: string): Promise<Verbs[V]["result"]> {
    return tell(this.#socketPath, verb, params, id);
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }
}
