import type { Writable } from "node:stream";
import type { Clock } from "../clock.ts";

/** What is written of one request. Its query is not: it may hold what is nobody's business. */
export interface RequestRecord {
  /** Null: no service answers to it. */
  service: string | null;
  /** Null, as the target: the proxy answered by itself. */
  release: string | null;
  target: string | null;
  client: string;
  /** Null, as host and path: its head could not be read. */
  method: string | null;
  host: string | null;
  path: string | null;
  /** 0: the client went away before there was one. */
  status: number;
  /** From the head's last byte to the answer's. */
  ms: number;
  outcome: "answered" | "target-failed" | "client-left" | "cut" | "own-answer";
  /** Those that the service wants in the log, by name in lower case. */
  requestHeaders?: Record<string, string>;
  responseHeaders?: Record<string, string>;
}

/** How long lines are gathered before they are written, in milliseconds, and how many bytes at most. */
const gatherMs = 200;
const gatherBytes = 262_144;

/**
 * Writes one JSON line for each request, or for a share of them. It never holds the data path up:
 * lines are gathered and written together, and dropped, counted, while nobody reads them.
 */
export class RequestLog {
  readonly #output: Writable;
  readonly #clock: Clock;
  readonly #share: number;
  readonly #random: () => number;
  #lines = "";
  #dropped = 0;

  /**
   * @param share of requests that are written where nothing else is said, from 0 to 1
   * @param random from 0 to below 1
   */
  constructor(output: Writable, share: number, edge: { clock: Clock; random: () => number }) {
    this.#output = output;
    this.#share = share;
    this.#clock = edge.clock;
    this.#random = edge.random;
  }

  /** Whether a request belongs to the share that is written. To be asked once of each. */
  samples(): boolean {
    return this.#share > 0 && (this.#share >= 1 || this.#random() < this.#share);
  }

  note(record: RequestRecord): void {
    if (this.#output.writableNeedDrain || this.#lines.length > gatherBytes) {
      this.#dropped += 1;
      return;
    }
    if (this.#lines === "") this.#clock.after(gatherMs, () => this.flush());
    this.#lines += this.#lineOf("request", record);
  }

  /** Writes what was gathered. */
  flush(): void {
    if (this.#dropped > 0) {
      this.#lines += this.#lineOf("requests.dropped", { count: this.#dropped });
      this.#dropped = 0;
    }
    if (this.#lines !== "") this.#output.write(this.#lines);
    this.#lines = "";
  }

  #lineOf(event: string, facts: object): string {
    return `${JSON.stringify({ at: new Date(this.#clock.now()).toISOString(), event, ...facts })}\n`;
  }
}
