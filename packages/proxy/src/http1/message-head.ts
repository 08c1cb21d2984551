import type { ConnectionOptions } from "./connection.ts";
import type { Fields } from "./fields.ts";
import type { BodyKind } from "./framing.ts";

/** What the heads of requests and of responses have in common. */
export interface MessageHead {
  /** Of HTTP/1.x. */
  readonly minor: 0 | 1;
  readonly fields: Fields;
  /** Where the body ends; of a response, given the method that it answers. */
  body: BodyKind;
  /** Bytes of the body where `body` is `length`; 0 otherwise. */
  length: number;
  readonly connection: ConnectionOptions;
  /** Whether the connection can carry another message of its sender's behind this one. */
  keepAlive: boolean;
}
