import { Refusal } from "../http1/refusal.ts";
import type { UpstreamConnection } from "../upstream/connection.ts";
import { readFinalHead } from "./answer-reading.ts";
import { Answering, isTooLarge } from "./answering.ts";
import type { Exchange } from "./exchange.ts";
import { Joined, opensWebSocket } from "./joined.ts";
import { cutAnswer } from "./limits.ts";
import type { Phase } from "./phase.ts";

/** The request is on its way, or gathered for it, and its target has not answered yet. */
export class Asking implements Phase {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  onClientData(bytes: Buffer): number {
    return this.#exchange.passRequest(bytes);
  }

  onClientDrain(): void {
    this.#exchange.request.sending.connection?.socket.resume();
  }

  onClientEnd(): void {
    this.#exchange.endRequest();
  }

  onDeadline(): void {
    if (this.#exchange.request.waitsForClient) this.#exchange.breakOff("client-left", { status: 408 });
    else this.#exchange.fail(504);
  }

  onUpstreamData(chunk: Buffer): void {
    const exchange = this.#exchange;
    const { reader } = exchange.request.sending.connection as UpstreamConnection;
    const answer = readFinalHead(reader, chunk, exchange.head, exchange.client.socket);
    if (answer === null) return;
    if (answer instanceof Refusal) exchange.fail(502);
    else if (answer.status === 101) {
      if (opensWebSocket(answer, exchange.head))
        new Joined(exchange).open(answer, chunk.subarray(reader.next));
      else exchange.fail(502);
    } else if (isTooLarge(answer, exchange)) exchange.fail(500);
    else new Answering(exchange, answer).begin(chunk, reader.next);
  }

  onUpstreamEnd(): void {
    // Its connection closes next, and that says whether the request may be sent again.
  }

  onUpstreamClose(lost: UpstreamConnection | null, error: NodeJS.ErrnoException | null): void {
    const { request, service } = this.#exchange;
    if (lost !== null && request.again(lost, error)) service.noteSentAgain();
    else this.#exchange.fail(502);
  }

  cut(): void {
    this.#exchange.breakOff("cut", cutAnswer);
  }

  close(): void {
    // It keeps nothing.
  }
}
