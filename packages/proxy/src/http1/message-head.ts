import type { ConnectionOptions } from "./connection.ts";
import type { Fields } from "./fields.ts";
import type { BodyKind } from "./framing.ts";

/** What the heads of requests and of responses have in common. */
export abstract class MessageHead {
  /** Of HTTP/1.x. */
  readonly minor: 0 | 1;
  readonly fields: Fields;
  /** Where the body ends; of a response, given the method that it answers. */
  body: BodyKind = "none";
  /** Bytes of the body where `body` is `length`; 0 otherwise. */
  length = 0;
  readonly connection: ConnectionOptions;
  /** Whether the connection can carry another message of its sender's behind this one. */
  keepAlive = false;

  constructor(minor: 0 | 1, fields: Fields, connection: ConnectionOptions) {
    this.minor = minor;
    this.fields = fields;
    this.connection = connection;
  }

  /** Bytes of the head on the wire. */
  get size(): number {
    return this.fields.text.length;
  }
}
