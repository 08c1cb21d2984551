import { RequestHead } from "../request-head.ts";
import type { ResponseHead } from "../response-head.ts";
import type { ReadMessage, ReadResult } from "./read-messages.ts";

/**
 * What was read, in words that tests compare: a line a message, such as
 * `POST /a @example.com length "hello" keep-alive`, and a last line for a refusal or for what is missing.
 */
export function summary(result: ReadResult<RequestHead | ResponseHead>): string[] {
  const lines = result.messages.map(messageLine);
  if (result.refused !== null) lines.push(`refused ${result.refused.status} ${result.refused.section}`);
  if (result.partial) lines.push("partial head");
  return lines;
}

function messageLine({ head, content, whole }: ReadMessage<RequestHead | ResponseHead>): string {
  const start =
    head instanceof RequestHead
      ? `${head.method} ${head.path} @${head.host}`
      : `${head.status} ${head.reason}`;
  const words = [start, head.body];
  if (head.body !== "none") words.push(JSON.stringify(content));
  if (!whole && head.body !== "until-close") words.push("cut");
  words.push(head.keepAlive ? "keep-alive" : "close");
  if (head instanceof RequestHead) {
    if (head.upgrade !== null) words.push(`upgrade=${head.upgrade}`);
    if (head.expectContinue) words.push("expects-continue");
  }
  return words.join(" ");
}
