import type { Duplex } from "node:stream";

/** The stream below a client's connection: TCP, TLS, or one stream of HTTP/2. */
export interface ClientSocket extends Duplex {
  readonly remoteAddress?: string | undefined;
  /** Has the system ask, when nothing has come for that long, whether the other end is still there. */
  setKeepAlive?(on: boolean, afterMs: number): unknown;
  /** Ends it so that the client sees a break, never a regular end. */
  resetAndDestroy(): unknown;
}
