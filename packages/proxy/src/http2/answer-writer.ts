import type { ServerHttp2Stream } from "node:http2";
import type { Fields } from "../http1/fields.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { http2 } from "../node-http2.ts";
import type { AnswerSink } from "./answer-reader.ts";
import { http2Fields } from "./response.ts";

/** Puts an answer on a stream of HTTP/2. */
export class AnswerWriter implements AnswerSink {
  /** Whether the stream holds more than it wants to; it says `drain` when it has room again. */
  full = false;
  ended = false;
  readonly #stream: ServerHttp2Stream;
  #trailers: Fields | null = null;

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream;
  }

  interim(head: ResponseHead): void {
    this.#stream.additionalHeaders({ ...http2Fields(head.fields), ":status": head.status });
  }

  head(head: ResponseHead): void {
    const stream = this.#stream;
    const endStream = head.body === "none" || (head.body === "length" && head.length === 0);
    const waitForTrailers = head.body === "chunked";
    if (waitForTrailers) {
      stream.once("wantTrailers", () =>
        stream.sendTrailers(this.#trailers === null ? {} : http2Fields(this.#trailers)),
      );
    }
    stream.respond({ ...http2Fields(head.fields), ":status": head.status }, { endStream, waitForTrailers });
  }

  content(bytes: Buffer): void {
    if (bytes.length > 0) this.full = !this.#stream.write(bytes);
  }

  end(trailers: Fields | null): void {
    const stream = this.#stream;
    this.ended = true;
    this.#trailers = trailers;
    // RFC 9113, 8.1: an answer that is whole may come before the request is; the rest is not wanted.
    stream.once("finish", () => {
      if (!stream.readableEnded) stream.close(http2().constants.NGHTTP2_NO_ERROR);
    });
    stream.end();
  }
}
