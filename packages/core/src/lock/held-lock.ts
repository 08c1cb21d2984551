import type { Clock } from "../commands/context.ts";
import { DeployError } from "../errors/index.ts";
import type { EventSink } from "../events/event.ts";
import { hostFailure } from "../hosts/failure.ts";
import { lockLost } from "./held.ts";
import { type HostLock, LEASE_MS } from "./host-lock.ts";
import { LockFiles } from "./lock-files.ts";
import type { LockHost } from "./lock-host.ts";
import type { Timer } from "./timer.ts";
import { TOKEN_VARIABLE } from "./token.ts";
import { Watchdog } from "./watchdog.ts";

/** A service's lock on all hosts of a command. */
export interface Lock {
  /**
   * The lock's number on a host, which everything that is changed there carries.
   *
   * @throws DeployError LOCK_LOST when it has run out
   */
  fence(host: string): number;
  /** What a command that we start needs in its environment to do its work under this lock. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether it is the lock of a command that started ours, which goes on when we are done. */
  readonly borrowed: boolean;
  /** Aborted when it is lost; its reason is the DeployError. */
  readonly lost: AbortSignal;
  /** What we are about, for those who find the lock held. Told to the hosts with the next renewal. */
  atStep(step: string): void;
  /**
   * Resolves once a watchdog on each host ends our session there when the lease is over. Has to be waited
   * for before anything is changed.
   *
   * @throws DeployError where a host could not be watched over
   */
  watched(): Promise<void>;
  /** Renews it where it is still ours; {@link lost} is aborted when this resolves where it is not. Never rejects. */
  confirm(): Promise<void>;
  /**
   * Goes on over a new connection, where it is still ours.
   *
   * @throws DeployError LOCK_LOST
   */
  rejoin(host: LockHost, folders: { locks: string }): Promise<void>;
  /** A host is out of reach: its lock is left to run out, and those of the others stay ours. */
  giveUp(host: string): void;
  /** Frees it everywhere. What cannot be freed is a warning: it runs out by itself. */
  release(): Promise<void>;
}

/** Renewed when a sixth of it is over, so that several renewals may fail. */
const RENEW_EVERY_MS = LEASE_MS / 6;

/** Renews itself by a timer until it is released or lost. */
export class HeldLock implements Lock {
  readonly #locks: Map<string, HostLock>;
  readonly #watchdogs = new Map<string, Watchdog>();
  readonly #watching: Promise<void>[] = [];
  readonly #givenUp = new Set<string>();
  readonly #around: { clock: Clock; events: EventSink };
  readonly #lost = new AbortController();
  readonly #stop: () => void;
  #step: string | null = null;
  #stopped = false;
  readonly #renewing = new Map<string, Promise<void>>();

  readonly environment: Readonly<Record<string, string>>;

  constructor(
    locks: Map<string, HostLock>,
    around: { clock: Clock; events: EventSink },
    timer: Timer,
    token: string,
  ) {
    // Kamal's scripts ask for the second one.
    this.environment = { [TOKEN_VARIABLE]: token, KAMAL_LOCK: "true" };
    this.#locks = locks;
    this.#around = around;
    this.#stop = timer.every(RENEW_EVERY_MS, () => this.#renew());
  }

  get borrowed(): boolean {
    return [...this.#locks.values()].some(({ borrowed }) => borrowed);
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Begins to have a watchdog on a host; see {@link Lock.watched}. */
  watch(host: LockHost): void {
    const started = this.#watch(host);
    this.#watching.push(started);
    // A failure is told to whoever waits for it.
    started.catch(() => undefined);
  }

  async watched(): Promise<void> {
    await Promise.all(this.#watching);
  }

  async #watch(host: LockHost): Promise<void> {
    const lock = this.#locks.get(host.name);
    if (lock === undefined || lock.leaseUntil === null || this.#stopped) return;
    const watchdog = await Watchdog.start(host.attendant, lock.leaseUntil).catch((error: unknown) => {
      throw hostFailure(host.name, "watch over the lock", error);
    });
    if (watchdog === null) this.#warn(host.name, "watched over", new Error("there is no command `timeout`"));
    else if (this.#stopped) watchdog.dismiss();
    else this.#watchdogs.set(host.name, watchdog);
  }

  async confirm(): Promise<void> {
    this.#renew();
    await Promise.all(this.#renewing.values());
  }

  async rejoin(host: LockHost, folders: { locks: string }): Promise<void> {
    const lock = this.#locks.get(host.name);
    if (lock === undefined) return;
    lock.reachedBy(new LockFiles(await host.files(), folders.locks));
    // A renewal over the connection before never ends well, and must not be waited for.
    this.#renewing.delete(host.name);
    // Somebody else may have taken it while we were away, and our own clock have stood still.
    await lock.renew(this.#step);
    this.#check(host.name, lock);
    this.#lost.signal.throwIfAborted();
    await this.#watch(host);
  }

  giveUp(host: string): void {
    if (!this.#locks.delete(host) || this.#stopped) return;
    this.#givenUp.add(host);
    this.#watchdogs.delete(host);
    this.#warn(host, "kept", new Error("the connection was lost"));
  }

  fence(host: string): number {
    if (this.#givenUp.has(host))
      throw new DeployError("HOST_UNREACHABLE", { cause: `the connection to ${host} was lost`, host });
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
    this.#stopped = true;
    await Promise.all(this.#renewing.values());
    for (const watchdog of this.#watchdogs.values()) watchdog.dismiss();
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
      const renewal: Promise<void> = this.#renewOn(host, lock).finally(() => {
        if (this.#renewing.get(host) === renewal) this.#renewing.delete(host);
      });
      this.#renewing.set(host, renewal);
    }
  }

  async #renewOn(host: string, lock: HostLock): Promise<void> {
    try {
      await lock.renew(this.#step);
      this.#check(host, lock);
      if (lock.state().kind === "held" && lock.leaseUntil !== null)
        this.#watchdogs.get(host)?.renewed(lock.leaseUntil);
    } catch (error) {
      // A connection that dropped is had again, or its host is given up: either is told then.
      const dropped = hostFailure(host, "renew the lock", error).code === "HOST_UNREACHABLE";
      if (!dropped && this.#locks.get(host) === lock) this.#warn(host, "renewed", error);
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
