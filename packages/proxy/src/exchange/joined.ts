import { known } from "../http1/known-fields.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { UpstreamConnection } from "../upstream/connection.ts";
import type { Exchange } from "./exchange.ts";
import type { Phase } from "./phase.ts";
import { Tunnel } from "./tunnel.ts";

/** Client and target talk over a WebSocket, until one of them leaves or both have got a close frame. */
export class Joined implements Phase {
  readonly #exchange: Exchange;
  readonly #tunnel: Tunnel;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    const { connection } = exchange.request.sending;
    this.#tunnel = new Tunnel(exchange.client.socket, connection as UpstreamConnection);
  }

  /** @param first what came behind the answer's head */
  open(answer: ResponseHead, first: Buffer): void {
    this.#exchange.enter(this, answer);
    this.#exchange.kind = "websocket";
    this.#tunnel.open(answer, first);
  }

  onClientData(bytes: Buffer): number {
    this.#tunnel.fromClient(bytes);
    this.#endIfClosed();
    return bytes.length;
  }

  onClientDrain(): void {
    this.#exchange.request.sending.connection?.socket.resume();
  }

  onClientEnd(): void {
    this.#exchange.request.sending.connection?.socket.end();
  }

  onDeadline(): void {
    // A WebSocket has no limit of its own: only one that is cut ends by time.
  }

  onUpstreamData(chunk: Buffer): void {
    this.#tunnel.fromTarget(chunk);
    this.#endIfClosed();
  }

  onUpstreamEnd(): void {
    this.#exchange.client.socket.end();
  }

  onUpstreamClose(_lost: UpstreamConnection | null, error: NodeJS.ErrnoException | null): void {
    const { socket } = this.#exchange.client;
    if (error === null) socket.end();
    else socket.resetAndDestroy();
    this.#exchange.end("answered");
  }

  cut(): void {
    this.#tunnel.close();
    this.#endIfClosed();
  }

  close(): void {
    // Its bytes pass at once; nothing is kept.
  }

  #endIfClosed(): void {
    const exchange = this.#exchange;
    if (!exchange.isCut || !this.#tunnel.isClosed || exchange.isEnded) return;
    // Both ends have been told; what they still send is read and dropped.
    exchange.request.sending.release();
    exchange.end("cut");
    exchange.client.exchangeEnded(false);
  }
}

/** Whether an answer of 101 is the one that its request asked for. */
export function opensWebSocket(answer: ResponseHead, request: RequestHead): boolean {
  const upgrade = answer.fields.combined(known.upgrade);
  return request.upgrade === "websocket" && upgrade?.toLowerCase() === "websocket";
}
