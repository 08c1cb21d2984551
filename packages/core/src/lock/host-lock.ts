import type { Clock, Random } from "../commands/context.ts";
import type { LockFiles } from "./lock-files.ts";
import { type LockEvent, type LockState, nextLockState } from "./lock-state.ts";
import { type Holder, type HostMoment, judge, LOCK_SCHEMA, type LockRecord, type Verdict } from "./record.ts";

/**
 * How long a lock is held after its last renewal, in milliseconds: long enough to sit out a network
 * that is away for some seconds, short enough to wait for where a client was killed.
 */
export const LEASE_MS = 30_000;

/** What taking and keeping a lock needs from outside. */
export interface LockTools {
  clock: Clock;
  random: Random;
  /**
   * Told when the lock was seen to be free, while it is being taken, and again where somebody else was quicker.
   * Once it is taken, nobody else has held it since it was told of last: the number that is taken is the next one.
   */
  seenFree?(): void;
}

/** Somebody else's lock, as found on a host. */
export interface HeldByOther {
  record: LockRecord;
  verdict: Extract<Verdict, { kind: "held" }>;
}

/** A lock that we hold on one host. */
export class HostLock {
  readonly fence: number;
  #files: LockFiles;
  readonly #tools: LockTools;
  /** Whether it is another command's, which started ours. */
  readonly borrowed: boolean;
  #record: LockRecord;
  #state: LockState;

  private constructor(
    files: LockFiles,
    tools: LockTools,
    fence: number,
    held: { record: LockRecord; until: number; borrowed: boolean },
  ) {
    this.#files = files;
    this.#tools = tools;
    this.fence = fence;
    this.borrowed = held.borrowed;
    this.#record = held.record;
    this.#state = { kind: "held", until: held.until };
  }

  /**
   * Uses the lock of the command that started ours, for as long as that holds it.
   *
   * @param token a checksum of what it gave us
   * @returns null where it does not hold it
   */
  static async borrow(files: LockFiles, token: string, tools: LockTools): Promise<HostLock | null> {
    const asked = tools.clock.monotonic();
    const { fence, now } = await files.look();
    const record = fence === null ? null : await files.read(fence);
    const verdict = judge(record, now);
    if (fence === null || record?.holder.token !== token || verdict.kind === "free") return null;
    const until = asked + (verdict.remainingMs ?? LEASE_MS);
    return new HostLock(files, tools, fence, { record, until, borrowed: true });
  }

  /**
   * Takes the lock, or says who holds it.
   *
   * @param leaseMs how long it is ours without a renewal; null: until it is freed
   */
  static async take(
    files: LockFiles,
    holder: Holder,
    tools: LockTools,
    leaseMs: number | null = LEASE_MS,
  ): Promise<HostLock | HeldByOther> {
    return HostLock.#take(files, holder, tools, leaseMs, "let others be");
  }

  /**
   * Takes the lock away from whoever holds it. They notice at their next renewal, and act no more once
   * the lease that they have is over.
   */
  static async takeAway(
    files: LockFiles,
    holder: Holder,
    tools: LockTools,
    leaseMs: number,
  ): Promise<HostLock> {
    const taken = await HostLock.#take(files, holder, tools, leaseMs, "take it from others");
    if (taken instanceof HostLock) return taken;
    throw new RangeError("a lock was let be that was to be taken away");
  }

  static async #take(
    files: LockFiles,
    holder: Holder,
    tools: LockTools,
    leaseMs: number | null,
    manners: "let others be" | "take it from others",
  ): Promise<HostLock | HeldByOther> {
    for (;;) {
      // Before the host's clock is read, so that the lease ends here before it ends there.
      const until = tools.clock.monotonic() + (leaseMs ?? Number.POSITIVE_INFINITY);
      const { fence: highest, now } = await files.look();
      const found = highest === null ? null : await files.read(highest);
      const verdict = judge(found, now);
      if (found !== null && verdict.kind === "held" && manners === "let others be")
        return { record: found, verdict };
      const fence = (highest ?? (await files.seed())) + 1;
      const leaseUntil = leaseMs === null ? null : { ...now, uptimeMs: now.uptimeMs + leaseMs };
      const record: LockRecord = {
        schemaVersion: LOCK_SCHEMA,
        holder,
        takenAt: now,
        leaseUntil,
        state: "held",
      };
      const creating = files.create(fence, record);
      // Of a record that cannot be read nobody knows whether it is free.
      if (found !== null || highest === null) tools.seenFree?.();
      if (!(await creating)) continue;
      // Between our look and now somebody may have taken higher numbers and removed this one, or may
      // have finished writing or renewing the one below, which we took for free.
      const [after, below] = await Promise.all([files.look(), highest === null ? null : files.read(highest)]);
      const alone = manners === "take it from others" || judge(below, after.now).kind === "free";
      if (after.fence === fence && alone)
        return new HostLock(files, tools, fence, { record, until, borrowed: false });
      await files.remove(fence);
    }
  }

  /** Until when it is held, by the host's own clock; null: until it is freed. */
  get leaseUntil(): HostMoment | null {
    return this.#record.leaseUntil;
  }

  /** From here on the host's files are reached in another way. */
  reachedBy(files: LockFiles): void {
    this.#files = files;
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
    if (this.borrowed) return this.#renewedByItsHolder(before.now);
    const lease = this.#record.leaseUntil;
    this.#record = {
      ...this.#record,
      holder: { ...this.#record.holder, step },
      leaseUntil: { ...before.now, uptimeMs: before.now.uptimeMs + LEASE_MS },
    };
    await this.#files.replace(this.fence, this.#record, this.#tools.random.hex(8));
    const after = await this.#files.look();
    // Past the old lease's end somebody may have read it as over, and be about to take the next number.
    const late =
      lease !== null && (after.now.bootId !== lease.bootId || after.now.uptimeMs >= lease.uptimeMs);
    if (after.fence !== this.fence || late) return this.#on({ kind: "superseded" });
    return this.#on({ kind: "renewed", until });
  }

  async #renewedByItsHolder(now: HostMoment): Promise<LockState> {
    const asked = this.#tools.clock.monotonic();
    const record = await this.#files.read(this.fence);
    const verdict = judge(record, now);
    if (record === null || verdict.kind === "free") return this.#on({ kind: "superseded" });
    this.#record = record;
    return this.#on({ kind: "renewed", until: asked + (verdict.remainingMs ?? LEASE_MS) });
  }

  /** Lets go of the lock, and removes those before it. One that is no longer ours is let be. */
  async release(): Promise<void> {
    if (this.state().kind !== "held") return;
    this.#on({ kind: "released" });
    if (this.borrowed) return;
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
