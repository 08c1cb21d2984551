import cluster, { type Worker } from "node:cluster";
import type { Clock, Timer } from "../clock.ts";
import type { Log } from "../log/log.ts";
import { type Handover, type HandoverEvent, handoverAfter } from "./handover.ts";
import type { FromHolder, FromWorker, ToWorker } from "./messages.ts";
import { BootRecord, nameOf, ownProgram, type Program, programIn } from "./program.ts";

/** How long a replacement may take, in milliseconds: an earlier one may first have to end. */
const replacementMs = 45_000;
/** How long a worker that was replaced may let its requests and connections go on. */
const leavingMs = 30_000;
/** How long open requests get after SIGTERM; `docker stop` kills after ten seconds. */
const shutdownMs = 8_000;
/** A worker that lived for less is started again only after a pause. */
const shortLifeMs = 5_000;
const pauseMs = 100;
/** Holding is no hurry: a worker serves meanwhile. */
const holderPauseMs = 1_000;

/** What young objects may take is three times this many MB; by default Node lets it grow to 16. */
const servingProcess = ["--max-semi-space-size=8"];
/** For a process that does nothing once it has started. */
const smallProcess = ["--max-old-space-size=16", "--max-semi-space-size=1", "--v8-pool-size=0"];

interface Replacement {
  state: Handover;
  incoming: Worker;
  folder: string | null;
  limit: Timer;
}

/**
 * Keeps one worker serving. It holds no connection itself: workers share the listening sockets, so
 * that a new one accepts before the old one leaves.
 */
export class Supervisor {
  readonly #args: readonly string[];
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #boot: BootRecord;
  #serving: Worker | null = null;
  /** Keeps the sockets open while no worker lives; it serves nothing. */
  #holder: Worker | null = null;
  /** Replaced, with connections that still end. */
  readonly #leaving = new Set<Worker>();
  #replacement: Replacement | null = null;
  #ending: (() => void) | null = null;
  #hasServed = false;
  /** Whether what boots is a program that was brought, and not the image's own. */
  #bootsBrought = false;
  readonly #hopeless = Promise.withResolvers<void>();

  /** @param args that a worker is given after `serve` */
  constructor(args: readonly string[], stateDirectory: string, edge: { log: Log; clock: Clock }) {
    this.#args = args;
    this.#log = edge.log;
    this.#clock = edge.clock;
    this.#boot = new BootRecord(stateDirectory);
  }

  /** Settles when no worker ever came to serve: starting another would end the same. */
  get hopeless(): Promise<void> {
    return this.#hopeless.promise;
  }

  async start(): Promise<void> {
    // Workers accept by themselves: no connection passes through here.
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    this.#serving = this.#fork(await this.#bootProgram());
  }

  /** Lets the workers end what is under way; settles when the last has gone. */
  end(): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#ending = resolve;
    });
    this.#holder?.process.kill("SIGKILL");
    const workers = Object.values(cluster.workers ?? {});
    for (const worker of workers)
      if (worker && worker !== this.#holder)
        tell(worker, { type: "leave", limitMs: shutdownMs, atOnce: true });
    if (workers.length === 0) this.#ending?.();
    return ended;
  }

  async #bootProgram(): Promise<Program> {
    const folder = await this.#boot.read(() => nameOf(ownProgram()));
    if (folder === null) return ownProgram();
    try {
      const program = await programIn(folder);
      this.#bootsBrought = true;
      return program;
    } catch (error) {
      this.#log("supervisor.program-refused", { folder, message: (error as Error).message });
      return ownProgram();
    }
  }

  /** Holds the sockets from the moment that there are any. */
  #hold(): void {
    if (this.#holder !== null || this.#ending !== null) return;
    const holder = forkOf(ownProgram(), ["hold", ...this.#args], smallProcess);
    this.#holder = holder;
    holder.on("message", (_: FromHolder) =>
      this.#log("supervisor.sockets-held", { pid: holder.process.pid }),
    );
    holder.on("exit", (code, signal) => {
      this.#holder = null;
      if (this.#ending !== null) this.#endIfAllGone();
      else {
        this.#log("supervisor.holder-ended", { pid: holder.process.pid, code, signal });
        this.#clock.after(holderPauseMs, () => this.#hold());
      }
    });
  }

  #fork(program: Program): Worker {
    const worker = forkOf(program, ["serve", ...this.#args], servingProcess);
    const startedAt = this.#clock.elapsed();
    worker.on("message", (message: FromWorker) => this.#hear(worker, message));
    worker.on("exit", (code, signal) => {
      this.#log("supervisor.worker-ended", { pid: worker.process.pid, code, signal });
      this.#onExit(worker, this.#clock.elapsed() - startedAt);
    });
    this.#log("supervisor.worker-started", { pid: worker.process.pid, ...program });
    return worker;
  }

  #hear(worker: Worker, message: FromWorker): void {
    if (message.type === "serving") {
      this.#hasServed = true;
      this.#hold();
    }
    if (message.type === "replace") void this.#replace(worker, message.folder);
    else if (this.#replacement !== null) this.#stepFor(worker, message.type);
    else if (message.type === "ready") {
      tell(worker, { type: "serve" });
      this.#tellIfAlone();
    }
  }

  /** Workers that were replaced earlier may still be leaving; they take no part. */
  #stepFor(worker: Worker, type: FromWorker["type"] | "died"): void {
    if (worker === this.#replacement?.incoming) this.#step({ from: "new", type });
    else if (worker === this.#serving) this.#step({ from: "old", type });
  }

  async #replace(asker: Worker, folder: string | null): Promise<void> {
    if (this.#replacement !== null) {
      tell(asker, { type: "replaced", failure: "another replacement is under way" });
      return;
    }
    try {
      const program = folder === null ? await this.#bootProgram() : await programIn(folder);
      this.#replacement = {
        state: { step: "starting" },
        incoming: this.#fork(program),
        folder,
        limit: this.#clock.after(replacementMs, () => this.#step({ from: "clock", type: "too-late" })),
      };
    } catch (error) {
      tell(asker, { type: "replaced", failure: (error as Error).message });
    }
  }

  #step(event: HandoverEvent): void {
    const replacement = this.#replacement;
    if (replacement === null) return;
    const { next, orders } = handoverAfter(replacement.state, event);
    replacement.state = next;
    const old = this.#serving;
    const failure = next.step === "failed" ? next.reason : null;
    if (next.step === "done" || next.step === "failed") this.#settle(replacement, failure);
    for (const { to, message } of orders) {
      const worker = to === "new" ? replacement.incoming : old;
      if (worker === null || worker.isDead()) continue;
      if (message === "replaced") tell(worker, { type: "replaced", failure });
      else if (message === "leave") tell(worker, { type: "leave", limitMs: leavingMs, atOnce: false });
      else tell(worker, { type: message as "serve" | "hand-over" });
    }
  }

  #settle(replacement: Replacement, failure: string | null): void {
    replacement.limit.cancel();
    this.#replacement = null;
    if (failure !== null) {
      this.#log("supervisor.replacement-failed", { message: failure });
      replacement.incoming.process.kill("SIGKILL");
      return;
    }
    if (this.#serving !== null) this.#leaving.add(this.#serving);
    this.#serving = replacement.incoming;
    this.#tellIfAlone();
    this.#log("supervisor.replaced", { pid: replacement.incoming.process.pid });
    if (replacement.folder === null) return;
    this.#writeBoot(replacement.folder).catch((error: Error) => {
      this.#log("supervisor.boot-unwritten", { message: error.message });
    });
  }

  async #writeBoot(folder: string): Promise<void> {
    await this.#boot.write(folder, await nameOf(ownProgram()));
  }

  #tellIfAlone(): void {
    if (this.#serving !== null && this.#leaving.size === 0) tell(this.#serving, { type: "alone" });
  }

  #onExit(worker: Worker, livedMs: number): void {
    if (this.#ending !== null) {
      this.#endIfAllGone();
      return;
    }
    this.#stepFor(worker, "died");
    this.#leaving.delete(worker);
    this.#tellIfAlone();
    if (worker === this.#serving) this.#serving = null;
    if (this.#serving !== null || this.#replacement !== null) return;
    if (!this.#hasServed) {
      this.#fallBack();
      return;
    }
    const pause = livedMs < shortLifeMs ? pauseMs : 0;
    setTimeout(() => void this.#startAgain(), pause);
  }

  /** A program that was brought and never served is done without; our own that never did is the end. */
  #fallBack(): void {
    if (!this.#bootsBrought) {
      this.#hopeless.resolve();
      return;
    }
    this.#log("supervisor.program-failed");
    this.#bootsBrought = false;
    this.#serving = this.#fork(ownProgram());
  }

  #endIfAllGone(): void {
    if (Object.keys(cluster.workers ?? {}).length === 0) this.#ending?.();
  }

  async #startAgain(): Promise<void> {
    if (this.#serving === null && this.#ending === null)
      this.#serving = this.#fork(await this.#bootProgram());
  }
}

function forkOf(program: Program, args: readonly string[], execArgv: readonly string[]): Worker {
  cluster.setupPrimary({ exec: program.main, args: [...args], execArgv: [...execArgv] });
  const own = process.execPath;
  // The only way to tell cluster which binary to start.
  process.execPath = program.node;
  const worker = cluster.fork();
  process.execPath = own;
  return worker;
}

function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}
