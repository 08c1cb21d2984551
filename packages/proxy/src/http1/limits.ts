/** How much of a message's head is read before it is refused. */
export interface HeadLimits {
  /** Bytes of a request target; more is answered 414. */
  target: number;
  /** Bytes from the start line to the empty line, both included; more is answered 431. */
  head: number;
  /** Field lines; more is answered 431. */
  fields: number;
}

/**
 * What the usual servers take: nginx has 8 KB for a line and 32 KB for a head, HAProxy 101 fields,
 * Apache 100. RFC 9112, 3 asks for at least 8,000 bytes of request line.
 */
export const defaultLimits: HeadLimits = { target: 8192, head: 32_768, fields: 128 };

/** Bytes of one chunk's extensions, and of a whole trailer section. */
export const chunkLimits = { extension: 256, trailers: 8192, trailerFields: 64 } as const;
