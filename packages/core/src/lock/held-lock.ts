import type { Clock } from "../commands/context.ts";
import { DeployError } from "../errors/index.ts";
import type { EventSink } from "../events/event.ts";
import { lockLost } from "./held.ts";
import { type HostLock, LEASE_MS } from "./host-lock.ts";
import type { Timer } from "./timer.ts";

/** A service's lock on all hosts of a command. */
export interface Lock {
  /**
   * The lock's number on a host, which everything that is changed there carries.
   *
   * @throws DeployError LOCK_LOST when it has run out
   */
  fence(host: string): number;
  /** Aborted when it is lost; its reason is the DeployError. */
  readonly lost: AbortSignal;
  /** What we are about, for those who find the lock held. Told to the hosts with the next renewal. */
  atStep(step: string): void;
  /** Frees it everywhere. What cannot be freed is a warning: it runs out by itself. */
  release(): Promise<void>;
}

/** Renewed when a sixth of it is over, so that several renewals may fail. */
const RENEW_EVERY_MS = LEASE_MS / 6;

/** Renews itself by a timer until it is released or lost. */
export class HeldLock implements Lock {
  readonly #locks: ReadonlyMap<string, HostLock>;
  readonly #around: { clock: Clock; events: EventSink };
  readonly #lost = new AbortController();
  readonly #stop: () => void;
  #step: string | null = null;
  readonly #renewing = new Map<string, Promise<void>>();

  constructor(
    locks: ReadonlyMap<string, HostLock>,
    around: { clock: Clock; events: EventSink },
    timer: Timer,
  ) {
    this.#locks = locks;
    this.#around = around;
    this.#stop = timer.every(RENEW_EVERY_MS, () => this.#renew());
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  fence(host: string): number {
    const lock = this.#locks.get(host);
    if (lock === undefined)
      throw new DeployError("INTERNAL", { cause: `the lock was not taken on ${host}`, host });
    this.#check(host, lock);
    this.#lost.signal.throwIfAborted();
    return lock.fence;
  }

  atStep(step: string): void {
    this.#step = step;
  }

  async release(): Promise<void> {
    this.#stop();
    await Promise.all(this.#renewing.values());
    const entries = [...this.#locks];
    const outcomes = await Promise.allSettled(entries.map(([, lock]) => lock.release()));
    for (const [index, outcome] of outcomes.entries())
      if (outcome.status === "rejected") this.#warn(entries[index]?.[0] ?? "", "freed", outcome.reason);
  }

  /** One renewal a host at a time: a slow host must neither pile them up nor hold up the others'. */
  #renew(): void {
    for (const [host, lock] of this.#locks) this.#check(host, lock);
    if (this.#lost.signal.aborted) return;
    for (const [host, lock] of this.#locks) {
      if (this.#renewing.has(host)) continue;
      const renewal = this.#renewOn(host, lock).finally(() => this.#renewing.delete(host));
      this.#renewing.set(host, renewal);
    }
  }

  async #renewOn(host: string, lock: HostLock): Promise<void> {
    try {
      await lock.renew(this.#step);
      this.#check(host, lock);
    } catch (error) {
      this.#warn(host, "renewed", error);
    }
  }

  #check(host: string, lock: HostLock): void {
    const state = lock.state();
    if (state.kind !== "lost" || this.#lost.signal.aborted) return;
    this.#stop();
    this.#lost.abort(lockLost(host, state.reason));
  }

  #warn(host: string, verb: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#around.events({
      at: this.#around.clock.now(),
      type: "warning",
      host,
      message: `the lock could not be ${verb}: ${reason}`,
      hint: `it runs out by itself within ${LEASE_MS / 1000} s`,
    });
  }
}
