import { contentOf } from "../body/decode.ts";
import { bodyOf } from "../body/of.ts";
import type { Body } from "../http1/body.ts";
import type { ChunkedBody } from "../http1/chunked-body.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { comesWithoutChunks } from "./answer-head.ts";
import { EventStream } from "./event-stream.ts";

/** An answer's body on its way to the client: what of the target's bytes is passed on, and where it ends. */
export class OutgoingBody {
  /** Where it is a stream of events, where one of them ends. */
  readonly events: EventStream | null;
  /** The target sent more than its answer. */
  overrun = false;
  /** How many bytes may still come. */
  allowance = Number.POSITIVE_INFINITY;
  readonly #body: Body;
  /** It comes in chunks, which its client does not know. */
  readonly #decodes: boolean;
  readonly #endsWithConnection: boolean;

  constructor(answer: ResponseHead, request: RequestHead) {
    this.#body = bodyOf(answer.body, answer.length);
    this.#decodes = comesWithoutChunks(answer, request);
    this.#endsWithConnection = answer.body === "until-close" || this.#decodes;
    this.events = this.#decodes ? null : EventStream.in(answer, this.#body);
  }

  get done(): boolean {
    return this.#body.done;
  }

  /** Whether only the end of the connection tells the client where it ends. */
  get endsWithConnection(): boolean {
    return this.#endsWithConnection;
  }

  /**
   * Follows it through these bytes.
   *
   * @returns what is to be passed on; null when the bytes can't be read as a body
   */
  take(bytes: Buffer, start: number): Buffer | null {
    const decoded = this.#decodes ? contentOf(this.#body as ChunkedBody, bytes, start) : null;
    const end = decoded?.end ?? this.#body.scan(bytes, start, bytes.length);
    if (this.#body.refused !== null) return null;
    this.allowance -= end - start;
    // Bytes after the end of an answer belong to none.
    this.overrun = this.#body.done && end < bytes.length;
    return decoded?.content ?? bytes.subarray(start, end);
  }
}
