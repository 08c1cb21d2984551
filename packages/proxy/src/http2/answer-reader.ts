import { type Body, bodyOf, UntilCloseBody } from "../http1/body.ts";
import { ChunkedBody, decodeChunks } from "../http1/chunked-body.ts";
import type { Fields } from "../http1/fields.ts";
import { Refusal } from "../http1/refusal.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { ResponseReader } from "../http1/response-reader.ts";

/** What an answer consists of, in the order in which it comes. */
export interface AnswerSink {
  interim(head: ResponseHead): void;
  head(head: ResponseHead): void;
  content(bytes: Buffer): void;
  /** The answer is whole. */
  end(trailers: Fields | null): void;
}

/** Takes the one answer on a virtual connection apart, from HTTP/1.1 bytes in pieces of any size. */
export class AnswerReader {
  readonly #reader = new ResponseReader();
  readonly #sink: AnswerSink;
  #body: Body | null = null;
  #ended = false;

  constructor(method: string, sink: AnswerSink) {
    this.#sink = sink;
    this.#reader.expect(method);
  }

  /** @returns false when the bytes are no answer that can be read */
  read(bytes: Buffer): boolean {
    let at = 0;
    while (at < bytes.length && !this.#ended) {
      if (this.#body === null) {
        const head = this.#reader.read(bytes, at, bytes.length);
        if (head instanceof Refusal) return false;
        if (head === null) return true;
        at = this.#reader.next;
        this.#head(head);
      } else {
        at = this.#content(this.#body, bytes, at);
        if (this.#body.refused !== null) return false;
        if (this.#body.done) this.#end();
      }
    }
    return true;
  }

  /** The virtual connection was ended. @returns false when the answer was not whole by then */
  close(): boolean {
    if (!this.#ended && this.#body instanceof UntilCloseBody) this.#end();
    return this.#ended;
  }

  #head(head: ResponseHead): void {
    if (head.interim) {
      this.#sink.interim(head);
      return;
    }
    this.#sink.head(head);
    this.#body = bodyOf(head.body, head.length);
    if (this.#body.done) this.#end();
  }

  #content(body: Body, bytes: Buffer, start: number): number {
    if (body instanceof ChunkedBody) {
      return decodeChunks(body, bytes, start, {
        content: (from, a, b) => this.#sink.content(from.subarray(a, b)),
      });
    }
    const end = body.scan(bytes, start, bytes.length);
    this.#sink.content(bytes.subarray(start, end));
    return end;
  }

  #end(): void {
    this.#ended = true;
    this.#sink.end(this.#body instanceof ChunkedBody ? this.#body.trailers : null);
  }
}
