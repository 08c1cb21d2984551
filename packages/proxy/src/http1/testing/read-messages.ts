import type { Body } from "../body.ts";
import { bodyOf } from "../body.ts";
import { ChunkedBody, decodeChunks } from "../chunked-body.ts";
import type { HeadReader } from "../head-reader.ts";
import { defaultLimits } from "../limits.ts";
import { Refusal } from "../refusal.ts";
import type { RequestHead } from "../request-head.ts";
import { RequestReader } from "../request-reader.ts";
import type { ResponseHead } from "../response-head.ts";
import { ResponseReader } from "../response-reader.ts";

/** One message as it was read: its head, the bytes of its body on the wire, and the content in them. */
export interface ReadMessage<Head> {
  head: Head;
  wire: string;
  content: string;
  whole: boolean;
}

/** All that was read from the bytes of one connection, in order. */
export interface ReadResult<Head> {
  messages: ReadMessage<Head>[];
  refused: Refusal | null;
  /** Bytes of a head that never ended. */
  partial: boolean;
}

/** Reads requests from pieces of a connection's bytes, as a server would. */
export function readRequests(pieces: readonly Buffer[], limits = defaultLimits): ReadResult<RequestHead> {
  return readMessages(new RequestReader(limits), pieces);
}

/** Reads the answers to requests of one method, as a client would. */
export function readResponses(method: string, pieces: readonly Buffer[]): ReadResult<ResponseHead> {
  const reader = new ResponseReader();
  reader.expect(method);
  return readMessages(reader, pieces);
}

type AnyHead = RequestHead | ResponseHead;

function readMessages<Head extends AnyHead>(
  reader: HeadReader<Head>,
  pieces: readonly Buffer[],
): ReadResult<Head> {
  const result: ReadResult<Head> = { messages: [], refused: null, partial: false };
  let body: Body | null = null;
  for (const piece of pieces) {
    let at = 0;
    while (at < piece.length && result.refused === null) {
      if (body !== null) {
        at = readBody(result, body, piece, at);
        if (body.done) body = null;
        continue;
      }
      const head = reader.read(piece, at, piece.length);
      if (head === null) break;
      if (head instanceof Refusal) {
        result.refused = head;
        break;
      }
      at = reader.next;
      body = bodyOf(head.body, head.length);
      result.messages.push({ head, wire: "", content: "", whole: body.done });
      if (body.done) body = null;
    }
  }
  result.partial = reader.partial;
  return result;
}

function readBody<Head>(result: ReadResult<Head>, body: Body, piece: Buffer, start: number): number {
  const message = result.messages.at(-1);
  if (message === undefined) throw new TypeError("a body has a head");
  let at: number;
  if (body instanceof ChunkedBody) {
    at = decodeChunks(body, piece, start, {
      content: (bytes, from, to) => {
        message.content += bytes.toString("latin1", from, to);
      },
    });
  } else {
    at = body.scan(piece, start, piece.length);
    message.content += piece.toString("latin1", start, at);
  }
  message.wire += piece.toString("latin1", start, at);
  message.whole = body.done;
  result.refused = body.refused;
  return at;
}
