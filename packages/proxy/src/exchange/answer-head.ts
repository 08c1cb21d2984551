import type { TlsSettings } from "../control/settings.ts";
import { connectionField } from "../head/connection-field.ts";
import { responseHeadForClient } from "../head/response.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { hstsLine } from "../tls/redirect.ts";

/** What decides how an answer is put to its client. */
export interface AnswerTo {
  request: RequestHead;
  protocol: "http" | "https";
  keepAlive: boolean;
  /** Further field lines, each with its line end. */
  lines: string;
  tls: TlsSettings | null;
}

/** The head of a final answer, as the client gets it. */
export function finalHead(answer: ResponseHead, to: AnswerTo): string {
  const hsts = to.protocol === "https" ? hstsLine(to.tls, answer) : "";
  return responseHeadForClient(answer, {
    chunked: answer.body === "chunked" && !comesWithoutChunks(answer, to.request),
    connection: connectionField(to.keepAlive, to.request.minor),
    upgrade: null,
    lines: to.lines + hsts,
  });
}

/** Of an interim answer, or of one to an upgrade. */
export function passedHead(answer: ResponseHead): string {
  const upgrade = answer.status === 101 ? "websocket" : null;
  const connection = upgrade === null ? null : "Upgrade";
  return responseHeadForClient(answer, { chunked: false, connection, upgrade, lines: "" });
}

/** HTTP/1.0 knows no chunks: its answers end with the connection instead. */
export function comesWithoutChunks(answer: ResponseHead, request: RequestHead): boolean {
  return answer.body === "chunked" && request.minor === 0;
}
