import { type ConnectionOptions, connectionOptions } from "./connection.ts";
import type { Fields } from "./fields.ts";
import { type BodyKind, Framing } from "./framing.ts";
import { known } from "./known-fields.ts";
import { type Refusal, refusals } from "./refusal.ts";

/** A response's head that nothing is ambiguous about. */
export class ResponseHead {
  readonly status: number;
  /** "" where the sender gave none. */
  readonly reason: string;
  /** Of HTTP/1.x. */
  readonly minor: 0 | 1;
  readonly fields: Fields;
  /** Where its body ends, given the method that it answers. */
  body: BodyKind = "none";
  /** Bytes of the body where `body` is `length`; 0 otherwise. */
  length = 0;
  connection: ConnectionOptions;
  /** Whether the connection can carry another request once the body has ended. */
  keepAlive = false;

  constructor(status: number, reason: string, minor: 0 | 1, fields: Fields, connection: ConnectionOptions) {
    this.status = status;
    this.reason = reason;
    this.minor = minor;
    this.fields = fields;
    this.connection = connection;
  }

  /** Whether another response to the same request follows: 1xx but 101. */
  get interim(): boolean {
    return this.status < 200 && this.status !== 101;
  }

  /** Bytes of the head on the wire. */
  get size(): number {
    return this.fields.text.length;
  }
}

/** Gives meaning to a head whose lines are well formed, as the answer to a request of `method`. */
export function responseHead(
  method: string,
  status: number,
  reason: string,
  minor: 0 | 1,
  fields: Fields,
): ResponseHead | Refusal {
  let lengthAt = -1;
  let codingAt = -1;
  let connects = false;
  const { ids } = fields;
  for (let i = 0; i < ids.length; i++) {
    switch (ids[i]) {
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
    }
  }
  const connection = connectionOptions(connects ? fields.combined(known.connection) : null);
  if (connection === null) return refusals.connectionMalformed;
  const framing = new Framing().read(fields, minor, lengthAt, codingAt);
  if (framing.refused !== null) return framing.refused;
  const head = new ResponseHead(status, reason, minor, fields, connection);
  if (neverHasBody(status)) {
    if (framing.kind === "chunked" || framing.length > 0) return refusals.bodyWhereNone;
  } else if (method !== "HEAD" && status !== 304) {
    head.body = framing.kind === "none" ? "until-close" : framing.kind;
    head.length = framing.length;
  }
  head.keepAlive = head.body !== "until-close" && !connection.close && (minor === 1 || connection.keepAlive);
  return head;
}

/** 1xx and 204: a body announced with these is read as one by some and as the next response by others. */
function neverHasBody(status: number): boolean {
  return status < 200 || status === 204;
}
