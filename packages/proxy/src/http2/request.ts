import type { IncomingHttpHeaders } from "node:http2";
import { HeadWriter } from "../http1/head-writer.ts";

/** How a request's content follows its head on the virtual connection. */
type ContentFraming = "none" | "length" | "chunked";

/** A request of HTTP/2 as an HTTP/1.1 head. */
export interface TranslatedRequest {
  method: string;
  head: string;
  framing: ContentFraming;
}

/** Said by the framing of HTTP/1.1, or of one hop only; RFC 9113, 8.2.2 forbids most of them anyway. */
const untold = new Set([
  "host",
  "content-length",
  "te",
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Writes a request's fields as HTTP/1.1 (RFC 9113, 8.3.1). Whether what it says makes sense is left
 * to the reader of HTTP/1.1, which is as strict with it as with any other.
 *
 * @param ended whether no content follows
 * @returns null for what can't be said in HTTP/1.1: two hosts, a field no one may write, CONNECT
 */
export function translateRequest(headers: IncomingHttpHeaders, ended: boolean): TranslatedRequest | null {
  const method = headers[":method"] ?? "";
  const authority = headers[":authority"] ?? headers.host ?? "";
  if (method === "CONNECT" || (headers.host !== undefined && headers.host !== authority)) return null;
  const length = headers["content-length"];
  const framing = ended ? "none" : length === undefined ? "chunked" : "length";
  const writer = new HeadWriter();
  try {
    writer.startRequest(method, String(headers[":path"] ?? "")).field("Host", authority);
    for (const [name, value] of Object.entries(headers)) {
      if (name.startsWith(":") || untold.has(name) || value === undefined) continue;
      for (const each of Array.isArray(value) ? value : [value]) writer.field(name, each);
    }
    if (length !== undefined) writer.field("Content-Length", length);
    else if (framing === "chunked") writer.field("Transfer-Encoding", "chunked");
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
  return { method, head: writer.end(), framing };
}
