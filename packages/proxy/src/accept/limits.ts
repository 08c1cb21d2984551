/** What a client's connection may take, in milliseconds and bytes. */
export const clientLimits = {
  /** From the first byte of a head to its last: a slow sender gets no longer. */
  headMs: 15_000,
  /** Between requests. Above the 60 s for which balancers usually keep a connection, so that they close first. */
  idleMs: 75_000,
  /**
   * For a connection that waits for a next request while its worker leaves. Long enough that no request
   * is on its way to one that is ended.
   */
  leavingIdleMs: 5_000,
  /** After an answer that ends the connection, for the client to have read it. */
  lingerMs: 2_000,
  /** What is read and dropped meanwhile; a flood is not worth reading for longer. */
  lingerBytes: 262_144,
  /** What a client may send ahead while its earlier request is under way. */
  aheadBytes: 65_536,
} as const;
