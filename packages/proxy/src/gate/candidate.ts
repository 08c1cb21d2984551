import type { Clock, Timer } from "../clock.ts";
import type { PrepareResult } from "../control/protocol.ts";
import type { Preparation } from "../control/settings.ts";
import { pauseAfter } from "./backoff.ts";
import { type GateEvent, type GateState, gateAfter, newGate, verdictOf } from "./gate.ts";
import type { Probe } from "./probe.ts";

/**
 * Carries a gate out: probes every target of a candidate until each has passed, and keeps the
 * candidate until it is committed, abandoned, or nobody wanted it in time.
 */
export class Candidate {
  readonly preparation: Preparation;
  /** Settles when the gate opens or closes; it never rejects. */
  readonly verdict: Promise<PrepareResult>;
  readonly #clock: Clock;
  readonly #probe: Probe;
  readonly #madeAt: number;
  readonly #onClosed: (candidate: Candidate) => void;
  readonly #timers = new Set<Timer>();
  /** How long it took to be found healthy; null while it has not been. */
  healthyAfterMs: number | null = null;
  #state: GateState;
  #settle: (result: PrepareResult) => void = () => {};

  /**
   * @param onClosed told once when the candidate can no longer be committed
   */
  constructor(
    preparation: Preparation,
    edge: { probe: Probe; clock: Clock },
    onClosed: (candidate: Candidate) => void,
  ) {
    this.preparation = preparation;
    this.#probe = edge.probe;
    this.#clock = edge.clock;
    this.#onClosed = onClosed;
    this.#madeAt = edge.clock.elapsed();
    this.#state = newGate(preparation.targets.length);
    this.verdict = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#after(preparation.deadlineMs, { type: "deadline" });
    for (const target of preparation.targets.keys()) void this.#probeTarget(target, 1);
  }

  get phase(): GateState["phase"] {
    return this.#state.phase;
  }

  abandon(reason: string): void {
    this.#take({ type: "abandoned", reason });
  }

  /** It takes a share of requests: no time limit holds for it meanwhile. */
  keep(): void {
    this.#stopTimers();
  }

  /** It takes none any more: somebody has to commit it in time again. */
  letExpire(): void {
    if (this.#state.phase === "open") this.#after(this.preparation.expiresMs, { type: "expired" });
  }

  /** It was committed: it is no candidate any more, and no time limit holds for it. */
  committed(): void {
    this.#stopTimers();
  }

  async #probeTarget(target: number, attempt: number): Promise<void> {
    const name = this.preparation.targets[target] ?? "";
    const { health, deadlineMs } = this.preparation;
    const left = Math.ceil(deadlineMs - this.#age());
    if (left <= 0) return;
    const finding = await this.#probe(name, health, Math.min(health.timeoutMs, left));
    if (this.#state.phase !== "probing") return;
    this.#take({ type: "probed", target, finding });
    if (finding === "passed") return;
    const timer = this.#clock.after(pauseAfter(attempt, health.intervalMs), () => {
      this.#timers.delete(timer);
      if (this.#state.phase === "probing") void this.#probeTarget(target, attempt + 1);
    });
    this.#timers.add(timer);
  }

  #take(event: GateEvent): void {
    const before = this.#state;
    this.#state = gateAfter(before, event, this.preparation.targets, Math.round(this.#age()));
    if (this.#state.phase === before.phase) return;
    this.#stopTimers();
    if (this.#state.phase === "open") {
      this.healthyAfterMs = Math.round(this.#age());
      this.#after(this.preparation.expiresMs, { type: "expired" });
    } else this.#onClosed(this);
    const verdict = verdictOf(this.#state);
    if (verdict !== null) this.#settle(verdict);
  }

  #after(delayMs: number, event: GateEvent): void {
    this.#timers.add(this.#clock.after(delayMs, () => this.#take(event)));
  }

  #stopTimers(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #age(): number {
    return this.#clock.elapsed() - this.#madeAt;
  }
}
