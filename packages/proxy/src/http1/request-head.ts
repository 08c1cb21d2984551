import { type ConnectionOptions, connectionOptions } from "./connection.ts";
import type { Fields } from "./fields.ts";
import { type BodyKind, Framing } from "./framing.ts";
import { normalHost } from "./host.ts";
import { known } from "./known-fields.ts";
import type { MessageHead } from "./message-head.ts";
import { type Refusal, refusals } from "./refusal.ts";
import { absoluteTarget, isOriginForm, sameAuthority } from "./target.ts";

/** A request's head that nothing is ambiguous about. */
export class RequestHead implements MessageHead {
  readonly minor: 0 | 1;
  readonly fields: Fields;
  readonly connection: ConnectionOptions;
  body: BodyKind = "none";
  length = 0;
  keepAlive = false;
  /** As sent; methods are case-sensitive. */
  readonly method: string;
  /** As sent. */
  readonly target: string;
  /** The target in origin form (path and query), or `*`. */
  path = "";
  /** The Host field (and so the absolute-form target's authority) in lower case, port included; "" in HTTP/1.0 without. */
  host = "";
  /** What the client would like to change to, in lower case: `websocket`. Null without, in HTTP/1.0, and with content. */
  upgrade: string | null = null;
  /** Whether the client waits for `100 Continue` before it sends its content. */
  expectContinue = false;

  constructor(method: string, target: string, minor: 0 | 1, fields: Fields, connection: ConnectionOptions) {
    this.minor = minor;
    this.fields = fields;
    this.connection = connection;
    this.method = method;
    this.target = target;
  }
}

/**
 * Gives meaning to a head whose lines are well formed, or refuses it.
 *
 * @throws never; what cannot be read one way only is a {@link Refusal}
 */
export function requestHead(
  method: string,
  target: string,
  minor: 0 | 1,
  fields: Fields,
): RequestHead | Refusal {
  let hostAt = -1;
  let lengthAt = -1;
  let codingAt = -1;
  let connects = false;
  let upgrades = false;
  let expects = false;
  for (let i = 0; i < fields.count; i++) {
    switch (fields.id(i)) {
      case known.host:
        if (hostAt >= 0) return refusals.hostTwice;
        hostAt = i;
        break;
      case known["content-length"]:
        if (lengthAt >= 0) return refusals.lengthTwice;
        lengthAt = i;
        break;
      case known["transfer-encoding"]:
        if (codingAt >= 0) return refusals.codingTwice;
        codingAt = i;
        break;
      case known.connection:
        connects = true;
        break;
      case known.upgrade:
        upgrades = true;
        break;
      case known.expect:
        expects = true;
        break;
    }
  }
  const connection = connectionOptions(connects ? fields.combined(known.connection) : null);
  if (connection === null) return refusals.connectionMalformed;
  const head = new RequestHead(method, target, minor, fields, connection);
  const misdirected = direct(head, hostAt);
  if (misdirected !== null) return misdirected;
  if (lengthAt >= 0 || codingAt >= 0) {
    const framing = new Framing().read(fields, minor, lengthAt, codingAt);
    if (framing.refused !== null) return framing.refused;
    if (method === "TRACE") return refusals.traceWithBody;
    head.body = framing.kind;
    head.length = framing.length;
  }
  head.keepAlive = !connection.close && (minor === 1 || connection.keepAlive);
  if (minor === 0) return head;
  const withContent = head.body === "chunked" || head.length > 0;
  if (upgrades && connection.upgrade && !withContent) {
    head.upgrade = fields.combined(known.upgrade)?.toLowerCase() ?? null;
  }
  if (expects) {
    if (fields.combined(known.expect)?.toLowerCase() !== "100-continue") return refusals.expectation;
    head.expectContinue = withContent;
  }
  return head;
}

/** Fills in where a request is meant to go, from its target and its Host. */
function direct(head: RequestHead, hostAt: number): Refusal | null {
  const { method, target, minor, fields } = head;
  if (hostAt >= 0) {
    const host = fields.hasTab(hostAt) ? null : normalHost(fields.value(hostAt));
    if (host === null) return refusals.hostMalformed;
    head.host = host;
  } else if (minor === 1) return refusals.hostMissing;
  if (isOriginForm(target)) {
    head.path = target;
    return null;
  }
  if (target === "*") {
    head.path = target;
    return method === "OPTIONS" ? null : refusals.target;
  }
  const absolute = absoluteTarget(method, target);
  if (!("authority" in absolute)) return absolute;
  if (hostAt < 0) head.host = absolute.authority;
  else if (!sameAuthority(absolute, target, head.host)) return refusals.hostContradicted;
  head.path = absolute.path;
  return null;
}
