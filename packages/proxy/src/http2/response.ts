import type { OutgoingHttpHeaders } from "node:http2";
import type { Fields } from "../http1/fields.ts";

/** Of one hop, or said by the frames of HTTP/2 themselves (RFC 9113, 8.2.2). */
const untold = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);

/** The fields of a head or of trailers as HTTP/2 wants them: lower case, and a list where a name comes twice. */
export function http2Fields(fields: Fields): OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let i = 0; i < fields.count; i++) {
    const name = fields.name(i).toLowerCase();
    if (untold.has(name)) continue;
    const before = headers[name];
    const value = fields.value(i);
    if (before === undefined) headers[name] = value;
    else headers[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return headers;
}
