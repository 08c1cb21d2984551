import type { UpstreamConnection } from "../upstream/connection.ts";

/**
 * How far an exchange has come, and so what follows from what happens to it:
 *
 * - `Asking`: nothing of a final answer has come;
 * - `Answering`: the answer goes to the client, or what is kept of it still does;
 * - `Joined`: client and target talk over a WebSocket.
 *
 * Asking turns into one of the two others, and every phase may end the exchange.
 */
export interface Phase {
  /** More of the request's body, or what follows an upgrade. Gives the offset after what it took. */
  onClientData(bytes: Buffer): number;
  /** The client takes more. */
  onClientDrain(): void;
  /** The client will send no more. */
  onClientEnd(): void;
  /** What had its time took longer. */
  onDeadline(): void;
  /** @param chunk holds these bytes during the call only */
  onUpstreamData(chunk: Buffer): void;
  /** The target will send no more. */
  onUpstreamEnd(): void;
  /** @param lost null where the request had let go of its connection before */
  onUpstreamClose(lost: UpstreamConnection | null, error: NodeJS.ErrnoException | null): void;
  /** End at the next border of what passes, or now where it has none. */
  cut(): void;
  /** The exchange has ended: let go of what is kept of it. */
  close(): void;
}
