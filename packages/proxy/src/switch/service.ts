import type { Clock } from "../clock.ts";
import { writeOptions } from "../control/params.ts";
import type { FailureCounts, Receipt, ServiceState, TargetState } from "../control/protocol.ts";
import type { ServiceSettings } from "../control/settings.ts";
import { Drain, type DrainLimits } from "../drain/drain.ts";
import type { Candidate } from "../gate/candidate.ts";
import { Hold } from "../hold/hold.ts";
import type { RequestRecord } from "../log/requests.ts";
import { Meter } from "../metrics/meter.ts";
import type { Split } from "../split/split.ts";
import { TargetGroup } from "../upstream/group.ts";
import { enter, noDurations, noFailures, openReceipt } from "./receipt.ts";
import type { Serving, SwitchRecord } from "./serving.ts";

/** How many receipts are kept; older ones are forgotten. */
const keptReceipts = 16;

/** A service as it lives: what serves it, what may serve it next, and what is being counted. */
export class Service {
  readonly name: string;
  readonly candidates = new Map<string, Candidate>();
  readonly receipts = new Map<string, Receipt>();
  readonly drains = new Map<string, Drain>();
  readonly hold: Hold;
  readonly meter = new Meter();
  serving: Serving;
  /** A candidate that takes a share of the requests. */
  split: { rule: Split; candidate: Candidate; group: TargetGroup } | null = null;
  /** What new requests go to. */
  active: TargetGroup | null;
  previous: TargetGroup | null;
  /** Counted since the last switch; it is that switch's `after`. */
  counts: FailureCounts = noFailures();
  /** How long answers took since the last switch. */
  durations: number[] = noDurations();
  readonly #clock: Clock;

  /** @param receipts of the switches made in the proxy's earlier life */
  constructor(serving: Serving, clock: Clock, receipts: readonly Receipt[] = []) {
    this.name = serving.service;
    this.serving = serving;
    this.#clock = clock;
    this.hold = new Hold(clock);
    this.active = serving.active === null ? null : new TargetGroup(serving.active);
    this.previous = serving.previous === null ? null : new TargetGroup(serving.previous);
    this.#restore(receipts);
  }

  get options(): ServiceSettings | null {
    return this.active?.release.options ?? null;
  }

  /**
   * The one step: every request whose head is complete from here on goes to what `next` says, and
   * what served before drains.
   *
   * @param undone the switch that this one undoes, if it is a revert
   * @param onDrained told once when nothing is left on what served before
   */
  switchTo(
    next: Serving,
    undone: string | null,
    limits: DrainLimits,
    phases: NonNullable<Receipt["phases"]>,
    onDrained: (receipt: Receipt) => void,
  ): void {
    const { lastSwitch } = next;
    if (lastSwitch === null) throw new Error("a switch has a name");
    const old = this.active;
    const incoming = this.#groupOf(next);
    const after = noFailures();
    const inFlight = old?.count() ?? { requests: 0, websockets: 0 };
    const receipt = openReceipt(this.#identify(lastSwitch), inFlight, this.counts, after);
    receipt.phases = phases;
    receipt.durations = { before: this.durations, after: noDurations() };
    this.#keep(receipt);
    this.serving = next;
    this.counts = after;
    this.durations = receipt.durations.after;
    this.active = incoming;
    if (this.split?.group === incoming) this.split = null;
    incoming?.open();
    this.previous = old;
    if (undone !== null) this.#undo(undone);
    if (old === null) {
      enter(receipt, { type: "settled", drainMs: 0 });
      return;
    }
    const drain = new Drain(old, receipt, limits, this.#clock, () => {
      this.drains.delete(lastSwitch.id);
      onDrained(receipt);
    });
    this.drains.set(lastSwitch.id, drain);
    drain.begin();
  }

  /** Takes requests, holds them or refuses them from here on; what was held goes the same way. */
  setTraffic(next: Serving): void {
    this.serving = next;
    if (next.traffic.mode === "stopped") this.hold.refuse();
    if (next.traffic.mode !== "open") return;
    const { held, longestMs } = this.hold.release();
    const receipt = this.receipts.get(next.lastSwitch?.id ?? "");
    if (receipt === undefined) return;
    receipt.held += held;
    receipt.longestHoldMs = Math.max(receipt.longestHoldMs, longestMs);
  }

  /** A request has ended. */
  note(status: number, ms: number, outcome: RequestRecord["outcome"]): void {
    const { counts, meter } = this;
    counts.requests += 1;
    const bucket = meter.note(status, ms);
    this.durations[bucket] = (this.durations[bucket] ?? 0) + 1;
    if (outcome === "answered") {
      if (status >= 500) counts.targetErrors += 1;
    } else if (outcome === "target-failed") {
      counts.targetFailures += 1;
      meter.targetFailures += 1;
    } else if (outcome === "client-left") {
      counts.clientAborts += 1;
      meter.clientAborts += 1;
    } else meter.cuts += 1;
  }

  /** A request was sent again, because the pooled connection it met had been closed. */
  noteSentAgain(): void {
    this.meter.retries += 1;
    const receipt = this.receipts.get(this.serving.lastSwitch?.id ?? "");
    if (receipt !== undefined) receipt.retried += 1;
  }

  /** A share of requests goes to a candidate from here on, or another share than before. */
  beginSplit(rule: Split, candidate: Candidate): void {
    if (this.split?.candidate !== candidate) this.endSplit();
    const { candidate: name, targets, options, health } = candidate.preparation;
    const group = this.split?.group ?? new TargetGroup({ candidate: name, targets, options, health });
    candidate.keep();
    this.split = { rule, candidate, group };
  }

  /** No new request goes to the candidate; what is under way on it ends in its own time. */
  endSplit(): void {
    this.split?.group.closeIdle();
    this.split?.candidate.letExpire();
    this.split = null;
  }

  /** What served before can't be gone back to any more. */
  drop(next: Serving): void {
    this.serving = next;
    this.previous?.closeIdle();
    this.previous = null;
  }

  /** Nothing lives here any more. */
  get isEmpty(): boolean {
    return this.active === null && this.previous === null && this.candidates.size === 0;
  }

  state(): ServiceState {
    const { active, previous, serving } = this;
    const release = serving.active ?? [...this.candidates.values()][0]?.preparation;
    const draining = [...this.drains.values()].some((drain) => drain.group === previous);
    return {
      service: this.name,
      options: release === undefined ? { hosts: [] } : writeOptions(release.options),
      active: active && stateOf(active, "active"),
      previous: previous && stateOf(previous, draining ? "draining" : "warm"),
      candidates: [...this.candidates.values()].map(({ preparation: { candidate, targets }, phase }) => ({
        candidate,
        targets,
        state: phase === "open" ? "healthy" : "probing",
        inFlight: 0,
      })),
      lastSwitch: serving.lastSwitch?.id ?? null,
      traffic: serving.traffic.mode,
      held: this.hold.size,
    };
  }

  #groupOf(next: Serving): TargetGroup | null {
    if (next.active === null) return null;
    if (next.active === this.previous?.release) return this.previous;
    return next.active === this.split?.group.release ? this.split.group : new TargetGroup(next.active);
  }

  /** The receipt of a switch that is undone says so, and its drain cuts nothing any more. */
  #undo(id: string): void {
    const drain = this.drains.get(id);
    const receipt = this.receipts.get(id);
    this.drains.delete(id);
    if (drain !== undefined) drain.callOff();
    else if (receipt !== undefined) enter(receipt, { type: "reverted" });
  }

  #identify(made: SwitchRecord): Pick<Receipt, "switch" | "service" | "from" | "to" | "at"> {
    return { switch: made.id, service: this.name, from: made.from, to: made.to ?? "", at: made.at };
  }

  #keep(receipt: Receipt): void {
    this.receipts.set(receipt.switch, receipt);
    for (const id of this.receipts.keys()) {
      if (this.receipts.size <= keptReceipts) return;
      this.receipts.delete(id);
    }
  }

  #restore(receipts: readonly Receipt[]): void {
    const made = this.serving.lastSwitch;
    for (const receipt of receipts) {
      enter(receipt, { type: "lost" });
      this.#keep(receipt);
    }
    if (made === null) return;
    const last = this.receipts.get(made.id);
    if (last !== undefined) {
      this.counts = last.after;
      return;
    }
    // Killed between writing the switch and writing its receipt.
    const inFlight = { requests: 0, websockets: 0 };
    const receipt = openReceipt(this.#identify(made), inFlight, noFailures(), this.counts);
    enter(receipt, { type: "settled", drainMs: 0 });
    this.#keep(receipt);
  }
}

function stateOf(group: TargetGroup, state: TargetState["state"]): TargetState {
  const { candidate, targets } = group.release;
  return { candidate, targets, state, inFlight: group.inFlight.size };
}
