import type { Clock, Timer } from "../clock.ts";
import type { Receipt } from "../control/protocol.ts";
import { enter } from "../switch/receipt.ts";
import type { InFlight, TargetGroup } from "../upstream/group.ts";

/** How long what is under way may go on, in milliseconds. */
export interface DrainLimits {
  requestMs: number;
  websocketMs: number;
}

/**
 * Lets what is under way on a group end in its own time, and cuts what is left at the limit. Each
 * end goes into the receipt of the switch.
 */
export class Drain {
  readonly group: TargetGroup;
  /** Settles when nothing is left, or when the drain was called off by a revert. */
  readonly ended: Promise<void>;
  readonly #receipt: Receipt;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #limits: DrainLimits;
  readonly #onSettled: (drain: Drain) => void;
  #timers: Timer[] = [];
  #settle: () => void = () => {};

  /** @param onSettled told once when nothing is left; not when the drain was called off */
  constructor(
    group: TargetGroup,
    receipt: Receipt,
    limits: DrainLimits,
    clock: Clock,
    onSettled: (drain: Drain) => void,
  ) {
    this.group = group;
    this.#receipt = receipt;
    this.#clock = clock;
    this.#onSettled = onSettled;
    this.#startedAt = clock.elapsed();
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#limits = limits;
  }

  begin(): void {
    this.group.closeIdle();
    if (this.group.inFlight.size === 0) {
      this.#settled();
      return;
    }
    this.group.onEnd = (ended, cut) => this.#onEnd(ended, cut);
    const { requestMs, websocketMs } = this.#limits;
    this.#timers.push(this.#clock.after(requestMs, () => this.#cut("request")));
    this.#timers.push(this.#clock.after(websocketMs, () => this.#cut("websocket")));
  }

  #cut(kind: InFlight["kind"]): void {
    for (const left of this.group.inFlight.all()) if (left.kind === kind) left.cut();
  }

  /** The group serves again, so nothing of it is cut any more. */
  callOff(): void {
    this.#stop();
    enter(this.#receipt, { type: "reverted" });
    this.#settle();
  }

  #onEnd(ended: InFlight, cut: boolean): void {
    enter(this.#receipt, { type: ended.kind === "websocket" ? "websocket-ended" : "request-ended", cut });
    if (this.group.inFlight.size === 0) this.#settled();
  }

  #settled(): void {
    this.#stop();
    enter(this.#receipt, { type: "settled", drainMs: Math.round(this.#clock.elapsed() - this.#startedAt) });
    this.#settle();
    this.#onSettled(this);
  }

  #stop(): void {
    for (const timer of this.#timers) timer.cancel();
    this.group.onEnd = null;
  }
}
