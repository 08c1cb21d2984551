import type { Body } from "../http1/body.ts";
import { ChunkedBody } from "../http1/chunked-body.ts";
import { known } from "../http1/known-fields.ts";
import type { ResponseHead } from "../http1/response-head.ts";

/** The longest end of an event, with the line end of a chunk after it. */
const tailLength = 6;

/**
 * Follows a stream of server-sent events as it passes, to know where one event ends and the next has
 * not begun. Ended there, a stream looks whole to its reader, who connects again.
 */
export class EventStream {
  readonly #body: Body;
  #tail = "";

  private constructor(body: Body) {
    this.#body = body;
  }

  /** Null for an answer that is no such stream, or whose bytes are coded. */
  static in(answer: ResponseHead, body: Body): EventStream | null {
    if (answer.body !== "until-close" && answer.body !== "chunked") return null;
    const type = answer.fields.combined(known["content-type"]);
    if (type === null || !/^text\/event-stream\b/i.test(type)) return null;
    const coding = answer.fields.combined(known["content-encoding"]) ?? "identity";
    return coding.toLowerCase() === "identity" ? new EventStream(body) : null;
  }

  follow(bytes: Buffer): void {
    this.#tail = (this.#tail + bytes.toString("latin1", Math.max(0, bytes.length - tailLength))).slice(
      -tailLength,
    );
  }

  /** What has to be written to end the stream here; null in the middle of an event. */
  endHere(): string | null {
    if (!(this.#body instanceof ChunkedBody)) return /(?:\n\n|\r\r|\r\n\r\n)$/.test(this.#tail) ? "" : null;
    if (!this.#body.betweenChunks) return null;
    return this.#tail === "" || /(?:\n\n|\r\r|\n\r\n)\r\n$/.test(this.#tail) ? "0\r\n\r\n" : null;
  }
}
