import type { ServiceBuffering, ServiceState, Verb, Verbs } from "../../src/control/protocol.ts";
import { ControlRefusal } from "../../src/control/refusal.ts";
import { SupervisedProxy } from "../lib/supervised-proxy.ts";
import { App } from "./app.ts";
import { type Span, Timeline } from "./timeline.ts";

/** Apps that wait for their turn, so that an operation need not wait for a process. */
const spares = 3;
const service = "app";

/** How an app left the traffic last, and whether any request of it may have been cut. */
interface DrainOfApp {
  switch: string;
  limited: boolean;
  /** How many processes had been the proxy by then. */
  proxyLives: number;
}

/** A proxy with apps behind it, and what has been told to them. */
export class Stage {
  readonly timeline = new Timeline();
  readonly violations: string[] = [];
  readonly apps: App[] = [];
  readonly #folder: string;
  readonly #proxy: SupervisedProxy;
  #spare: Promise<App>[] = [];
  #named = 0;
  #asked = 0;
  #proxyLives = 0;
  active: App | null = null;
  previous: App | null = null;
  lastSwitch = "";
  #span: Span | null = null;
  /** The span in which an app served last, for faults that come after it. */
  readonly #spans = new Map<App, Span>();
  readonly #leaving: { app: App; drain: DrainOfApp }[] = [];
  readonly #drains = new Map<App, DrainOfApp>();

  private constructor(folder: string, proxy: SupervisedProxy) {
    this.#folder = folder;
    this.#proxy = proxy;
  }

  static async start(folder: string): Promise<Stage> {
    const stage = new Stage(folder, await SupervisedProxy.start(folder));
    for (let spare = 0; spare < spares; spare += 1) stage.#startSpare();
    return stage;
  }

  get port(): number {
    return this.#proxy.httpPort;
  }

  /** An app that nothing was told of yet. */
  nextApp(): Promise<App> {
    this.#startSpare();
    return this.#spare.shift() as Promise<App>;
  }

  tell<V extends Verb>(verb: V, params: Verbs[V]["params"], id = this.newId()): Promise<Verbs[V]["result"]> {
    return this.#proxy.tell(verb, params, id);
  }

  newId(): string {
    this.#asked += 1;
    return `proof-${this.#asked}`;
  }

  prepare(app: App): Promise<Verbs["prepare"]["result"]> {
    return this.tell("prepare", {
      service,
      candidate: app.name,
      targets: [app.target],
      options: { hosts: [], buffering: bufferingOf(app) },
      health: {},
      deadlineMs: 20_000,
      expiresMs: 60_000,
    });
  }

  /**
   * Makes the one step, by whatever verb, and writes down from when to when either side may answer.
   *
   * @param ask gives the switch's name
   */
  async switchTo(app: App, drainTimeoutMs: number | null, ask: () => Promise<string>): Promise<void> {
    const old = this.active;
    const oldSpan = this.#span;
    const askedAt = performance.now();
    const span = this.timeline.open(app.name, askedAt);
    // Requests are cut from the limit on, but only those that the old one got before.
    if (oldSpan !== null && drainTimeoutMs !== null) {
      this.timeline.faults.push({ kind: "app", span: oldSpan, from: askedAt + drainTimeoutMs });
    }
    this.lastSwitch = await ask();
    if (oldSpan !== null) oldSpan.to = Math.min(oldSpan.to, performance.now());
    const proxyLives = this.#proxyLives;
    const limited = drainTimeoutMs !== null;
    if (old !== null) this.#drains.set(old, { switch: this.lastSwitch, limited, proxyLives });
    const gone = this.previous;
    this.previous = old;
    this.active = app;
    this.#span = span;
    this.#spans.set(app, span);
    const drain = gone === null || gone === app ? undefined : this.#drains.get(gone);
    if (gone !== null && drain !== undefined) this.#leaving.push({ app: gone, drain });
  }

  /** From the answer to this on, no request goes anywhere. */
  async pause(): Promise<void> {
    await this.tell("pause", { service, timeoutMs: 60_000, maxRequests: 10_000 });
    if (this.#span !== null) this.#span.to = performance.now();
  }

  async resume(): Promise<void> {
    if (this.active !== null) this.#serveFrom(this.active);
    await this.tell("resume", { service });
  }

  /** Kills an app, and writes down which requests that may break. */
  async killApp(app: App): Promise<void> {
    const span = this.#spans.get(app);
    if (span !== undefined) this.timeline.faults.push({ kind: "app", span, from: performance.now() });
    await app.kill();
  }

  /** Kills what serves, and waits until its supervisor has started it again. */
  async killProxy(): Promise<void> {
    const fault = { kind: "proxy" as const, from: performance.now(), to: Number.POSITIVE_INFINITY };
    this.timeline.faults.push(fault);
    this.#proxyLives += 1;
    await this.#proxy.killWorker();
    fault.to = performance.now();
  }

  /** Has another worker take the place of what serves. Not one request may notice. */
  async replaceProxy(): Promise<void> {
    this.#proxyLives += 1;
    await this.#proxy.replaceWorker(this.newId());
  }

  /** Whether the proxy says that this is what serves. */
  async expectActive(app: App | null): Promise<void> {
    const active = (await this.state())?.active?.candidate ?? null;
    if (active !== (app?.name ?? null)) this.violated(`${active} is active, not ${app?.name}`);
  }

  async state(): Promise<ServiceState | undefined> {
    return (await this.tell("list", {})).services[0];
  }

  /** Asks for what must be refused. */
  async expectRefusal(code: string, asked: Promise<unknown>): Promise<void> {
    try {
      await asked;
      this.violated(`was carried out, and should have been refused with ${code}`);
    } catch (error) {
      if (!(error instanceof ControlRefusal)) throw error;
      if (error.code !== code) this.violated(`refused with ${error.code}, not ${code}: ${error.message}`);
    }
  }

  /** Ends the apps that have drained, once the account of it adds up. Not one request may notice. */
  async retire(): Promise<void> {
    for (const leaving of this.#leaving.splice(0)) {
      const { app, drain } = leaving;
      const receipt = await this.tell("receipt", { service, switch: drain.switch, wait: "now" });
      if (receipt.state === "draining") {
        this.#leaving.push(leaving);
        continue;
      }
      const { inFlight, drained, cut, state } = receipt;
      const adds = state === "reverted" || inFlight === drained + cut;
      const mayCut = drain.limited || drain.proxyLives !== this.#proxyLives;
      if (!adds || (cut > 0 && !mayCut)) this.violated(`a receipt that is wrong: ${JSON.stringify(receipt)}`);
      await app.kill();
    }
  }

  violated(line: string): void {
    this.violations.push(line);
  }

  async end(): Promise<void> {
    await Promise.all(this.#spare.splice(0));
    await Promise.all(this.apps.map((app) => app.kill()));
    await this.#proxy.kill();
  }

  #serveFrom(app: App): void {
    this.#span = this.timeline.open(app.name, performance.now());
    this.#spans.set(app, this.#span);
  }

  #startSpare(): void {
    this.#named += 1;
    const started = App.start(this.#folder, `v${this.#named}`);
    this.#spare.push(
      started.then((app) => {
        this.apps.push(app);
        return app;
      }),
    );
  }
}

/** Every other release has its bodies buffered, most of each on disk. */
function bufferingOf({ name }: App): ServiceBuffering {
  const buffers = Number(name.slice(1)) % 2 === 0;
  return { requests: buffers, responses: buffers, memoryBytes: 16_384 };
}
