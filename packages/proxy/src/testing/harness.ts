import { mkdtemp } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, systemClock } from "../clock.ts";
import { ask } from "../control/client.ts";
import type { ServiceOptions, Verb, Verbs } from "../control/protocol.ts";
import { probe } from "../gate/probe.ts";
import type { RequestLog } from "../log/requests.ts";
import { type ProxySettings, type RunningProxy, startProxy } from "../proxy.ts";
import { type Disk, realDisk } from "../state/disk.ts";
import { someAcme } from "./acme.ts";

/** A real proxy on loopback, with what a test does to it. */
export class TestProxy {
  readonly settings: ProxySettings;
  running: RunningProxy;
  #asked = 0;

  private constructor(settings: ProxySettings, running: RunningProxy) {
    this.settings = settings;
    this.running = running;
  }

  static async start(
    changes: Partial<ProxySettings> = {},
    disk: Disk = realDisk,
    edge: { requests?: RequestLog; clock?: Clock } = {},
  ): Promise<TestProxy> {
    const directory = await mkdtemp(join(tmpdir(), "cutover-proxy-"));
    const settings = {
      httpPort: 0,
      httpsPort: 0,
      acme: someAcme(directory),
      stateDirectory: join(directory, "state"),
      socketPath: join(directory, "control"),
      ...changes,
    };
    return new TestProxy(settings, await begin(settings, disk, edge));
  }

  async restart(): Promise<void> {
    await this.close();
    this.running = await begin(this.settings, realDisk);
  }

  close(): Promise<void> {
    return this.running.close(0);
  }

  tell<V extends Verb>(verb: V, params: Verbs[V]["params"], id?: string): Promise<Verbs[V]["result"]> {
    this.#asked += 1;
    return ask(this.settings.socketPath, id ?? `q${this.#asked}`, verb, params);
  }

  /** Prepares and commits targets as a release of a service. */
  async deploy(
    release: string,
    targets: string[],
    options: Partial<ServiceOptions> = {},
    service = "app",
  ): Promise<Verbs["commit"]["result"]> {
    const prepared = await this.tell("prepare", {
      service,
      candidate: release,
      targets,
      options: { hosts: [], ...options },
      health: {},
      deadlineMs: 2_000,
      expiresMs: 60_000,
    });
    if (prepared.state !== "healthy") throw new Error(`not healthy: ${JSON.stringify(prepared)}`);
    return this.tell("commit", { service, candidate: release, drainTimeoutMs: 5_000 });
  }

  connect(): RawClient {
    return new RawClient(this.running.httpPort);
  }

  /** Sends bytes over a connection of their own, and gives all that comes until the proxy closes it. */
  async exchange(bytes: string): Promise<string> {
    const client = this.connect();
    client.send(bytes);
    await client.closed;
    return client.received;
  }
}

function begin(
  settings: ProxySettings,
  disk: Disk,
  edge: { requests?: RequestLog; clock?: Clock } = {},
): Promise<RunningProxy> {
  return startProxy(settings, { log: () => {}, clock: systemClock, probe, disk, ...edge });
}

/** A client that sends and receives plain bytes. */
export class RawClient {
  readonly socket: Socket;
  received = "";
  /** Settles when the connection is over, with whether it was reset. */
  readonly closed: Promise<"ended" | "reset">;
  #waiting: (() => void)[] = [];

  constructor(port: number) {
    this.socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let reset = false;
    this.socket.on("data", (chunk) => {
      this.received += chunk.toString("latin1");
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.socket.on("end", () => this.socket.end());
    this.socket.on("error", () => {
      reset = true;
    });
    this.closed = new Promise((resolve) => {
      this.socket.on("close", () => {
        for (const wake of this.#waiting.splice(0)) wake();
        resolve(reset ? "reset" : "ended");
      });
    });
  }

  send(bytes: string): void {
    this.socket.write(bytes, "latin1");
  }

  /** Waits until what was received contains a text. */
  async until(text: string): Promise<void> {
    while (!this.received.includes(text)) {
      if (this.socket.destroyed) throw new Error(`closed before ${JSON.stringify(text)}: ${this.received}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}
