import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import { Duplex } from "node:stream";
import { HeadWriter } from "../http1/head-writer.ts";
import { http2 } from "../node-http2.ts";
import { AnswerReader } from "./answer-reader.ts";
import { AnswerWriter } from "./answer-writer.ts";
import type { TranslatedRequest } from "./request.ts";

const lastChunk = "0\r\n";

/**
 * One stream of HTTP/2 as a client's connection of HTTP/1.1 with a single request on it. Whoever
 * serves HTTP/1.1 connections serves it too: it reads the request from it and writes the answer.
 */
export class StreamSocket extends Duplex {
  readonly remoteAddress: string | undefined;
  readonly #stream: ServerHttp2Stream;
  readonly #reader: AnswerReader;
  readonly #writer: AnswerWriter;

  constructor(stream: ServerHttp2Stream, request: TranslatedRequest, remoteAddress: string | undefined) {
    super();
    this.#stream = stream;
    this.#writer = new AnswerWriter(stream);
    this.#reader = new AnswerReader(request.method, this.#writer);
    this.remoteAddress = remoteAddress;
    // What broke a stream is its client's affair; `close` always follows.
    stream.on("error", () => this.destroy());
    stream.once("close", () => this.destroy());
    this.push(Buffer.from(request.head, "latin1"));
    if (request.framing === "length") stream.on("data", (bytes: Buffer) => this.#pass(bytes));
    else if (request.framing === "chunked") this.#passChunks();
    else stream.resume();
  }

  /** Breaks the answer off so that the client can tell. */
  resetAndDestroy(): this {
    if (!this.#stream.closed) this.#stream.close(http2().constants.NGHTTP2_INTERNAL_ERROR);
    return this.destroy();
  }

  override _read(): void {
    this.#stream.resume();
  }

  override _write(bytes: Buffer, _encoding: string, written: (error?: Error | null) => void): void {
    if (this.#stream.closed) {
      this.destroy();
      return;
    }
    if (!this.#readAnswer(bytes)) {
      this.resetAndDestroy();
      return;
    }
    // One answer is all that this connection carries.
    if (this.#writer.ended) process.nextTick(() => this.destroy());
    if (this.#writer.full) {
      this.#writer.full = false;
      this.#stream.once("drain", () => written());
    } else written();
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#reader.close()) done();
    else this.resetAndDestroy();
  }

  #readAnswer(bytes: Buffer): boolean {
    try {
      return this.#reader.read(bytes);
    } catch (error) {
      // Fields that HTTP/2 does not let stand, such as one that must be single and comes twice.
      if ((error as NodeJS.ErrnoException).code?.startsWith("ERR_HTTP2_") === true) return false;
      throw error;
    }
  }

  #pass(bytes: Buffer): void {
    if (!this.push(bytes)) this.#stream.pause();
  }

  #passChunks(): void {
    let trailers = "\r\n";
    this.#stream.on("data", (bytes: Buffer) => {
      this.push(`${bytes.length.toString(16)}\r\n`, "latin1");
      this.push(bytes);
      if (!this.push("\r\n", "latin1")) this.#stream.pause();
    });
    this.#stream.on("trailers", (fields: IncomingHttpHeaders) => {
      trailers = trailerSection(fields);
    });
    this.#stream.once("end", () => this.push(lastChunk + trailers, "latin1"));
  }
}

function trailerSection(fields: IncomingHttpHeaders): string {
  const writer = new HeadWriter();
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith(":") || value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) writer.field(name, each);
  }
  return writer.end();
}
