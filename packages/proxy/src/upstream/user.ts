/** Whoever uses a connection to a target at the moment. */
export interface UpstreamUser {
  /** @param chunk holds these bytes during the call only: what is kept of it must be copied */
  onUpstreamData(chunk: Buffer): void;
  /** What was written has gone out, so more may be. */
  onUpstreamDrain(): void;
  /** The target will send no more; what was sent has arrived. */
  onUpstreamEnd(): void;
  /** The connection is gone, or could not be made. */
  onUpstreamClose(error: NodeJS.ErrnoException | null): void;
}
