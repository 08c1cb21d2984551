import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Verb, Verbs } from "../../src/control/protocol.ts";
import { LoggingProcess, type LogLine } from "./logging-process.ts";
import { tell } from "./tell.ts";

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** The proxy as its container runs it: a supervisor, and a worker that it starts again when it dies. */
export class SupervisedProxy {
  readonly #process: LoggingProcess;
  readonly #socketPath: string;
  readonly httpPort: number;
  #worker: LogLine;

  private constructor(socketPath: string, process: LoggingProcess, worker: LogLine) {
    this.#socketPath = socketPath;
    this.#process = process;
    this.#worker = worker;
    this.httpPort = worker["http"] as number;
  }

  /**
   * @param folder for its state and its control socket
   * @throws ProxyDied when it ends before it serves
   */
  static async start(folder: string): Promise<SupervisedProxy> {
    const socketPath = join(folder, "control");
    const ports = ["--http-port", `${await freePort()}`, "--https-port", `${await freePort()}`];
    const process = new LoggingProcess(main, [
      "run",
      ...ports,
      "--state",
      join(folder, "state"),
      "--socket",
      socketPath,
    ]);
    return new SupervisedProxy(socketPath, process, await process.next("proxy.started"));
  }

  /** As `tell` has it. */
  tell<V extends Verb>(verb: V, params: Verbs[V]["params"], id: string): Promise<Verbs[V]["result"]> {
    return tell(this.#socketPath, verb, params, id);
  }

  /** Kills the worker, as `kill -9` does it; settles when another serves. */
  async killWorker(): Promise<void> {
    const serving = this.#process.next("proxy.started");
    process.kill(this.#worker["pid"] as number, "SIGKILL");
    this.#worker = await serving;
  }

  /** Has another worker take over from the one that serves; settles when it has. */
  async replaceWorker(id: string): Promise<void> {
    const serving = this.#process.next("proxy.started");
    const replaced = this.#process.next("supervisor.replaced");
    await this.tell("replace", {}, id);
    [this.#worker] = await Promise.all([serving, replaced]);
  }

  /** Kills the supervisor, and waits until nothing of it is left. */
  kill(): Promise<void> {
    return this.#process.kill();
  }
}

/** A port that was free a moment ago: workers share a port by its number, so 0 would not do. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
