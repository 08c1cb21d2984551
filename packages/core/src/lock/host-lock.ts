import type { Clock, Random } from "../commands/context.ts";
import type { LockFiles } from "./lock-files.ts";
import { type LockEvent, type LockState, nextLockState } from "./lock-state.ts";
import { type Holder, judge, LOCK_SCHEMA, type LockRecord, type Verdict } from "./record.ts";

/**
 * How long a lock is held after its last renewal, in milliseconds: long enough to sit out a network
 * that is away for some seconds, short enough to wait for where a client was killed.
 */
export const LEASE_MS = 30_000;

/** What taking and keeping a lock needs from outside. */
export interface LockTools {
  clock: Clock;
  random: Random;
}

/** Somebody else's lock, as found on a host. */
export interface HeldByOther {
  record: LockRecord;
  verdict: Extract<Verdict, { kind: "held" }>;
}

/** A lock that we hold on one host. */
export class HostLock {
  readonly fence: number;
  readonly #files: LockFiles;
  readonly #tools: LockTools;
  #record: LockRecord;
  #state: LockState;

  private constructor(
    files: LockFiles,
    tools: LockTools,
    fence: number,
    held: { record: LockRecord; until: number },
  ) {
    this.#files = files;
    this.#tools = tools;
    this.fence = fence;
    this.#record = held.record;
    this.#state = { kind: "held", until: held.until };
  }

  /** Takes the lock, or says who holds it. */
  static async take(files: LockFiles, holder: Holder, tools: LockTools): Promise<HostLock | HeldByOther> {
    for (;;) {
      // Before the host's clock is read, so that the lease ends here before it ends there.
      const until = tools.clock.monotonic() + LEASE_MS;
      const { fence: highest, now } = await files.look();
      const found = highest === null ? null : await files.read(highest);
      const verdict = judge(found, now);
      if (found !== null && verdict.kind === "held") return { record: found, verdict };
      const fence = (highest ?? (await files.seed())) + 1;
      const leaseUntil = { ...now, uptimeMs: now.uptimeMs + LEASE_MS };
      const record: LockRecord = {
        schemaVersion: LOCK_SCHEMA,
        holder,
        takenAt: now,
        leaseUntil,
        state: "held",
      };
      if (!(await files.create(fence, record))) continue;
      // Between our look and now somebody may have taken higher numbers and removed this one, or may
      // have finished writing or renewing the one below, which we took for free.
      const [after, below] = await Promise.all([files.look(), highest === null ? null : files.read(highest)]);
      if (after.fence === fence && judge(below, after.now).kind === "free")
        return new HostLock(files, tools, fence, { record, until });
      await files.remove(fence);
    }
  }

  /** What we know of it now. */
  state(): LockState {
    return this.#on({ kind: "clock", now: this.#tools.clock.monotonic() });
  }

  /**
   * Lengthens the lease, where the lock is still ours.
   *
   * @param step what we are about, for those who find the lock held
   */
  async renew(step: string | null): Promise<LockState> {
    const until = this.#tools.clock.monotonic() + LEASE_MS;
    if (this.state().kind !== "held") return this.#state;
    const before = await this.#files.look();
    if (before.fence !== this.fence) return this.#on({ kind: "superseded" });
    const lease = this.#record.leaseUntil;
    this.#record = {
      ...this.#record,
      holder: { ...this.#record.holder, step },
      leaseUntil: { ...before.now, uptimeMs: before.now.uptimeMs + LEASE_MS },
    };
    await this.#files.replace(this.fence, this.#record, this.#tools.random.hex(8));
    const after = await this.#files.look();
    // Past the old lease's end somebody may have read it as over, and be about to take the next number.
    const late = after.now.bootId !== lease.bootId || after.now.uptimeMs >= lease.uptimeMs;
    if (after.fence !== this.fence || late) return this.#on({ kind: "superseded" });
    return this.#on({ kind: "renewed", until });
  }

  /** Lets go of the lock, and removes those before it. One that is no longer ours is let be. */
  async release(): Promise<void> {
    if (this.state().kind !== "held") return;
    this.#on({ kind: "released" });
    const released: LockRecord = { ...this.#record, state: "released" };
    await Promise.all([
      this.#files.replace(this.fence, released, this.#tools.random.hex(8)),
      this.#files.removeBelow(this.fence),
    ]);
  }

  #on(event: LockEvent): LockState {
    this.#state = nextLockState(this.#state, event);
    return this.#state;
  }
}
