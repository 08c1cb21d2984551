import { filledPage, htmlPage, jsonPage, reasonOf } from "./page.ts";

/** An answer that the proxy makes itself. */
export interface OwnAnswer {
  status: number;
  /** In place of what the status says; it is escaped where it has to be. */
  message?: string;
  /** Seconds, for `Retry-After`. */
  retryAfter?: number;
  /** Where to go instead, for a redirect. */
  location?: string;
  /** The whole body, as plain text, in place of a page. */
  text?: string;
  /** Further field lines, each with its line end. */
  lines?: string;
}

/** What the asker wants, as far as its head could be read. */
export interface Asker {
  method: string;
  /** Its `Accept` field; empty when it has none. */
  accept: string;
  /** Pages of the app that it asked for, by status. */
  pages: Record<string, string>;
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
  const { status, retryAfter, location, lines = "" } = answer;
  const { type, content } = contentOf(answer, asker);
  const body = Buffer.from(content);
  const head = [
    `HTTP/1.1 ${status} ${reasonOf(status)}`,
    `Content-Type: ${type}`,
    `Content-Length: ${body.length}`,
    "Cache-Control: no-store",
    `Date: ${new Date().toUTCString()}`,
  ];
  if (retryAfter !== undefined) head.push(`Retry-After: ${retryAfter}`);
  if (location !== undefined) head.push(`Location: ${location}`);
  if (connection !== null) head.push(`Connection: ${connection}`);
  const bytes = Buffer.from(`${head.join("\r\n")}\r\n${lines}\r\n`, "latin1");
  return asker.method === "HEAD" ? bytes : Buffer.concat([bytes, body]);
}

function contentOf(answer: OwnAnswer, asker: Asker): { type: string; content: string } {
  const { status, message = null, text } = answer;
  if (text !== undefined) return { type: "text/plain; charset=utf-8", content: text };
  if (wantsJson(asker.accept)) return { type: "application/json", content: jsonPage(status, message) };
  const own = asker.pages[status];
  const content = own === undefined ? htmlPage(status, message) : filledPage(own, status, message);
  return { type: "text/html; charset=utf-8", content };
}

/** JSON where it is asked for by name and HTML is not. */
function wantsJson(accept: string): boolean {
  return /\bapplication\/(?:[a-z0-9.+-]*\+)?json\b/i.test(accept) && !/\btext\/html\b/i.test(accept);
}
