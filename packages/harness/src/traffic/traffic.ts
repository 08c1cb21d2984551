import type { Agent } from "node:http";
import { type Exchanged, exchange, keptConnections } from "./exchange.ts";
import { everydayMix, type Mix, type TrafficRequest } from "./mix.ts";
import { dueAfter, dueAt } from "./pace.ts";
import { seededRandom } from "./random.ts";
import { type Ended, reportOf, type TrafficReport } from "./report.ts";
import { judge } from "./verdict.ts";

/** What traffic to send. */
export interface TrafficOptions {
  /** Where to: `http://127.0.0.1:8080`. */
  url: string;
  /** Requests sent each second, whatever becomes of them. */
  perSecond: number;
  /** What to send; {@link everydayMix} by default. */
  mix?: Mix;
  /** The versions that may answer; any by default. */
  versions?: readonly string[];
  /** How long one exchange may take before it counts as failed. Default 15,000 ms. */
  timeoutMs?: number;
  /** After this long no more is sent, even if nobody says stop. Default 300,000 ms. */
  lastsMs?: number;
  /** The seed of the mix. Default 1, so that every run sends the same requests. */
  seed?: number;
}

/** How often the pace is looked at, in ms: finer than one request at 200 a second. */
const TICK_MS = 2;

/** What was waited for did not come before the traffic ended. */
export class TrafficEndedError extends Error {
  override readonly name = "TrafficEndedError";
}

/** Starts to send requests at once and at a steady pace, without waiting for answers. */
export function startTraffic(options: TrafficOptions): Traffic {
  return new Traffic(options);
}

/** Traffic under way. */
export class Traffic {
  private readonly options: TrafficOptions;
  private readonly url: URL;
  private readonly mix: Mix;
  private readonly random: () => number;
  private readonly timeoutMs: number;
  private readonly lastsMs: number;
  private readonly kept: Agent = keptConnections();
  private readonly startedAt = performance.now();
  private readonly timer: NodeJS.Timeout;
  private readonly underWay = new Set<Promise<void>>();
  private readonly ended: Ended[] = [];
  private readonly answeredBy = new Map<string, number>();
  private readonly waiting = new Set<() => void>();
  private sending = true;
  private sent = 0;
  private failed = 0;
  private lateMs = 0;

  constructor(options: TrafficOptions) {
    this.options = options;
    this.url = new URL(options.url);
    this.mix = options.mix ?? everydayMix;
    this.random = seededRandom(options.seed ?? 1);
    this.timeoutMs = options.timeoutMs ?? 15_000;
    this.lastsMs = options.lastsMs ?? 300_000;
    this.timer = setInterval(() => this.sendWhatIsDue(), TICK_MS);
    this.sendWhatIsDue();
  }

  /** The counts as they stand now. */
  soFar(): { sent: number; answered: number; failed: number } {
    return { sent: this.sent, answered: this.ended.length - this.failed, failed: this.failed };
  }

  /** Every request that has ended so far, whole, for figures over more than one run of traffic. */
  requests(): readonly Ended[] {
    return this.ended;
  }

  /**
   * Waits until this many more requests were answered in full, by any version.
   *
   * @throws TrafficEndedError when the traffic ends before.
   */
  async answers(more: number): Promise<void> {
    await this.until(this.soFar().answered + more, () => this.soFar().answered, "any version");
  }

  /**
   * Waits until this version has answered this many requests since the traffic started.
   *
   * @throws TrafficEndedError when the traffic ends before.
   */
  async answersOf(version: string, count: number): Promise<void> {
    await this.until(count, () => this.answeredBy.get(version) ?? 0, `version ${version}`);
  }

  /** Sends no more, waits for what is under way (which its own limit bounds), and reports. */
  async stop(): Promise<TrafficReport> {
    this.sendNoMore();
    while (this.underWay.size > 0) await Promise.all(this.underWay);
    this.kept.destroy();
    return reportOf(this.ended, this.lateMs);
  }

  private async until(wanted: number, count: () => number, by: string): Promise<void> {
    while (count() < wanted) {
      if (!this.sending && this.underWay.size === 0)
        throw new TrafficEndedError(
          `${count()} of ${wanted} answers by ${by} had come when the traffic ended`,
        );
      await new Promise<void>((wake) => this.waiting.add(wake));
    }
  }

  private sendNoMore(): void {
    clearInterval(this.timer);
    this.sending = false;
    this.wake();
  }

  private wake(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  private sendWhatIsDue(): void {
    const elapsed = performance.now() - this.startedAt;
    if (elapsed > this.lastsMs) this.sendNoMore();
    const due = dueAfter(Math.min(elapsed, this.lastsMs), this.options.perSecond);
    while (this.sent < due) {
      this.lateMs = Math.max(this.lateMs, elapsed - dueAt(this.sent, this.options.perSecond));
      this.sent += 1;
      const exchanged = this.send(this.mix(this.random)).finally(() => {
        this.underWay.delete(exchanged);
        this.wake();
      });
      this.underWay.add(exchanged);
    }
  }

  private async send(request: TrafficRequest): Promise<void> {
    const sentMs = performance.now() - this.startedAt;
    const line = { url: this.url, kept: this.kept, timeoutMs: this.timeoutMs };
    const exchanged = await exchange(line, request);
    const tookMs = performance.now() - this.startedAt - sentMs;
    const ended = this.settle(request, exchanged, sentMs, tookMs);
    this.ended.push(ended);
    if (ended.failure !== null) this.failed += 1;
    if (ended.version !== null)
      this.answeredBy.set(ended.version, (this.answeredBy.get(ended.version) ?? 0) + 1);
  }

  private settle(request: TrafficRequest, exchanged: Exchanged, sentMs: number, tookMs: number): Ended {
    const verdict =
      exchanged.answer === null
        ? { version: null, failure: exchanged.broken }
        : judge(request, exchanged.answer, this.options.versions ?? null);
    const described = {
      sentMs,
      tookMs,
      request: `${request.method} ${request.path}`,
      reused: exchanged.reused,
    };
    return {
      sentMs,
      tookMs,
      delayMs: request.delayMs,
      status: exchanged.answer?.status ?? null,
      version: verdict.failure === null ? verdict.version : null,
      failure: verdict.failure === null ? null : { ...verdict.failure, ...described },
    };
  }
}
