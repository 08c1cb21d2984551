import { htmlPage, jsonPage, reasonOf } from "./page.ts";

/** An answer that the proxy makes itself. */
export interface OwnAnswer {
  status: number;
  /** In place of what the status says; it is escaped where it has to be. */
  message?: string;
  /** Seconds, for `Retry-After`. */
  retryAfter?: number;
}

/** What the asker wants, as far as its head could be read. */
export interface Asker {
  method: string;
  /** Its `Accept` field; empty when it has none. */
  accept: string;
}

/**
 * An own answer as the bytes that go to an HTTP/1 client.
 *
 * @param connection what becomes of the connection: `null` where the default says it already
 */
export function answerBytes(
  answer: OwnAnswer,
  asker: Asker,
  connection: "close" | "keep-alive" | null,
): Buffer {
  const { status, message = null, retryAfter } = answer;
  const json = wantsJson(asker.accept);
  const body = Buffer.from(json ? jsonPage(status, message) : htmlPage(status, message));
  const head = [
    `HTTP/1.1 ${status} ${reasonOf(status)}`,
    `Content-Type: ${json ? "application/json" : "text/html; charset=utf-8"}`,
    `Content-Length: ${body.length}`,
    "Cache-Control: no-store",
    `Date: ${new Date().toUTCString()}`,
  ];
  if (retryAfter !== undefined) head.push(`Retry-After: ${retryAfter}`);
  if (connection !== null) head.push(`Connection: ${connection}`);
  const bytes = Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1");
  return asker.method === "HEAD" ? bytes : Buffer.concat([bytes, body]);
}

/** JSON where it is asked for by name and HTML is not. */
function wantsJson(accept: string): boolean {
  return /\bapplication\/(?:[a-z0-9.+-]*\+)?json\b/i.test(accept) && !/\btext\/html\b/i.test(accept);
}
