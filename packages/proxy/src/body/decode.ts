import { type ChunkedBody, decodeChunks } from "../http1/chunked-body.ts";

/** What of a chunk's bytes is content, and the offset after what belongs to the body. */
export function contentOf(body: ChunkedBody, bytes: Buffer, start: number): { content: Buffer; end: number } {
  const pieces: Buffer[] = [];
  const end = decodeChunks(body, bytes, start, {
    content: (from, first, last) => pieces.push(from.subarray(first, last)),
  });
  return { content: Buffer.concat(pieces), end };
}
