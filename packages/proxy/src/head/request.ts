import { randomUUID } from "node:crypto";
import type { Fields } from "../http1/fields.ts";
import { known } from "../http1/known-fields.ts";
import type { RequestHead } from "../http1/request-head.ts";
import { DROP, FORWARDED, isNamedByConnection, PASS, treatmentOf } from "./hop-by-hop.ts";
import { KeptLines } from "./kept-lines.ts";

/** What the proxy knows of a request beyond what its head says. */
export interface RequestOrigin {
  /** The client's address. */
  address: string;
  protocol: "http" | "https";
  /** Whether what the head says about where it came from is believed. */
  believed: boolean;
}

/**
 * The head that a target gets for a request: the same request line and fields, without what belongs
 * to the hop before, with what says where it came from.
 *
 * @param path what is asked for, once a prefix has been stripped
 * @param target its `host:port`, for a request of HTTP/1.0 that names no host itself
 * @param upgrade the protocol that is passed on to be changed to, or null
 */
export function requestHeadForTarget(
  head: RequestHead,
  path: string,
  origin: RequestOrigin,
  target: string,
  upgrade: "websocket" | null,
): string {
  const { fields } = head;
  const kept = keptLines(head, origin.believed);
  // HTTP/1.0 may do without; the codec has seen to it that nothing else does.
  const host = head.host || target;
  const hostLine = fields.find(known.host) === -1 ? `Host: ${host}\r\n` : "";
  const coding = head.body === "chunked" ? "Transfer-Encoding: chunked\r\n" : "";
  const connection = upgrade === null ? "" : `Connection: Upgrade\r\nUpgrade: ${upgrade}\r\n`;
  const start = `${head.method} ${path} HTTP/1.1\r\n${hostLine}${kept}${coding}${connection}`;
  if (origin.believed) return `${start}${believedOrigin(fields, host, origin)}\r\n`;
  return (
    `${start}X-Forwarded-For: ${origin.address}\r\nX-Forwarded-Proto: ${origin.protocol}\r\n` +
    `X-Forwarded-Host: ${host}\r\nX-Request-Id: ${randomUUID()}\r\n\r\n`
  );
}

function keptLines(head: RequestHead, believed: boolean): string {
  const { fields } = head;
  const { nominated } = head.connection;
  const lines = new KeptLines(fields);
  const dropsNamed = nominated.length > 0;
  for (let index = 0; index < fields.count; index += 1) {
    const id = fields.id(index);
    const treatment = treatmentOf(id);
    if (treatment === PASS) {
      // In HTTP/1.0 it means nothing, and must not begin to on its way to HTTP/1.1.
      if (id === known.expect && !head.expectContinue) lines.drop(index);
      else if (dropsNamed && isNamedByConnection(fields.name(index), nominated)) lines.drop(index);
      else lines.keep(index);
    } else if (treatment === DROP) lines.drop(index);
    else if (treatment === FORWARDED && (!believed || isMadeAnew(id))) lines.drop(index);
    else lines.keep(index);
  }
  return lines.end();
}

/** Even when it is believed, for we add to it. */
function isMadeAnew(id: number): boolean {
  return id === known["x-forwarded-for"];
}

/** What a trusted hop before us said, completed where it said nothing. */
function believedOrigin(fields: Fields, host: string, origin: RequestOrigin): string {
  const said = fields.combined(known["x-forwarded-for"]);
  let lines = `X-Forwarded-For: ${said === null ? "" : `${said}, `}${origin.address}\r\n`;
  if (fields.find(known["x-forwarded-proto"]) === -1) lines += `X-Forwarded-Proto: ${origin.protocol}\r\n`;
  if (fields.find(known["x-forwarded-host"]) === -1) lines += `X-Forwarded-Host: ${host}\r\n`;
  if (fields.find(known["x-request-id"]) === -1) lines += `X-Request-Id: ${randomUUID()}\r\n`;
  return lines;
}
