import { type ConnectionOptions, connectionOptions } from "./connection.ts";
import type { Fields } from "./fields.ts";
import { type BodyKind, Framing } from "./framing.ts";
import { known } from "./known-fields.ts";
import type { MessageHead } from "./message-head.ts";
import { type Refusal, refusals } from "./refusal.ts";

/** A response's head that nothing is ambiguous about. */
export class ResponseHead implements MessageHead {
  readonly minor: 0 | 1;
  readonly fields: Fields;
  readonly connection: ConnectionOptions;
  body: BodyKind = "none";
  length = 0;
  keepAlive = false;
  readonly status: number;
  /** "" where the sender gave none. */
  readonly reason: string;

  constructor(status: number, reason: string, minor: 0 | 1, fields: Fields, connection: ConnectionOptions) {
    this.minor = minor;
    this.fields = fields;
    this.connection = connection;
    this.status = status;
    this.reason = reason;
  }

  /** Whether another response to the same request follows: 1xx but 101. */
  get interim(): boolean {
    return this.status < 200 && this.status !== 101;
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
  for (let i = 0; i < fields.count; i++) {
    switch (fields.id(i)) {
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
