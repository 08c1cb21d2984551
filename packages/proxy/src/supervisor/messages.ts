/** What a worker tells the supervisor. */
export type FromWorker =
  /** It runs, and waits to be told to serve. */
  | { type: "ready" }
  | { type: "serving" }
  /** It makes no more changes, and all it has made are on disk. */
  | { type: "handed-over" }
  /** Its client asks for a newer program, or for the same one anew. */
  | { type: "replace"; folder: string | null };

/** What the supervisor tells a worker. */
export type ToWorker =
  | { type: "serve" }
  /** No former worker routes any more; only now may anything be changed. */
  | { type: "alone" }
  | { type: "hand-over" }
  /** What became of the `replace` it asked for. When it went well, `leave` follows. */
  | { type: "replaced"; failure: string | null }
  | { type: "leave"; limitMs: number; atOnce: boolean };

/** What the process that holds the sockets tells the supervisor. */
export interface FromHolder {
  type: "holding";
}
