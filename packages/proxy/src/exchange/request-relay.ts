import type { OwnAnswer } from "../answer/answer.ts";
import type { RequestOrigin } from "../head/request.ts";
import type { UpstreamConnection } from "../upstream/connection.ts";
import type { Exchange } from "./exchange.ts";
import { IncomingBody } from "./incoming-body.ts";
import { bufferedIdleMs } from "./limits.ts";
import { RequestBuffer, type RequestSide } from "./request-buffer.ts";
import { Sending } from "./sending.ts";

const continueLine = "HTTP/1.1 100 Continue\r\n\r\n";
const empty = Buffer.alloc(0);

/**
 * A request's way from its client to its target: the head, and the body either as it comes or, where the
 * service wants that, once it has been gathered.
 */
export class RequestRelay implements RequestSide {
  readonly sending: Sending;
  /** Whether no answer has begun, so that the target's time for it runs on. */
  awaitsAnswer = true;
  readonly #exchange: Exchange;
  readonly #body: IncomingBody;
  /** The body, where it is gathered before it is sent; null once all of it has been sent. */
  #gathered: RequestBuffer | null = null;

  /** @param path what is asked for, once a prefix has been stripped */
  constructor(exchange: Exchange, path: string) {
    const { group, head } = exchange;
    this.#exchange = exchange;
    this.sending = new Sending(exchange, group, head, path);
    this.#body = new IncomingBody(head, group.release.options.maxRequestBytes);
  }

  /** Whether the client has sent all of it. */
  get isRead(): boolean {
    return this.#body.done;
  }

  /** Whether the target has got all of it. */
  get isSent(): boolean {
    return this.#body.done && this.#gathered === null;
  }

  /** Whether the target hears of it only when its client has sent more. */
  get waitsForClient(): boolean {
    return this.#gathered !== null && !this.#gathered.isSending;
  }

  /** Why its body can't be read any further; null while it can. */
  get fault(): OwnAnswer | null {
    return this.#body.fault;
  }

  /** Follows the body through these bytes. Gives the offset after the last one that belongs to it. */
  read(bytes: Buffer, offset: number): number {
    return this.#body.take(bytes, offset);
  }

  /** Sends the head with the first of the body, or begins to gather it. */
  begin(bytes: Buffer, offset: number, end: number): void {
    // Kept, in case that it has to be sent again.
    const body = end === offset ? empty : Buffer.from(bytes.subarray(offset, end));
    if (!this.isRead && this.#exchange.group.release.options.buffering.requests) this.#gather(body);
    else if (!this.send(body, this.isRead)) this.#exchange.client.socket.pause();
  }

  /** Takes more of the body, which was read before. */
  pass(part: Buffer): void {
    if (this.#gathered !== null) this.#takeGathered(part);
    else if (!this.sendMore(part)) this.#exchange.client.socket.pause();
  }

  /** The target takes more. */
  drain(): void {
    if (this.#gathered === null) this.#exchange.client.socket.resume();
    else this.#gathered.drain();
  }

  /** Tries again after its connection was lost, where that can do no harm. Gives whether it does. */
  again(lost: UpstreamConnection, error: NodeJS.ErrnoException | null): boolean {
    if (!this.sending.again(lost, error, this.#origin())) return false;
    this.#awaitAnswer();
    this.#gathered?.drain();
    return true;
  }

  /** Lets go of what was gathered. */
  close(): void {
    this.#gathered?.close();
    this.#gathered = null;
  }

  send(body: Buffer, bodyIsWhole: boolean): boolean {
    this.#awaitAnswer();
    return this.sending.first(body, bodyIsWhole, this.#origin(), this.#exchange.plane.sweeper.now);
  }

  sendMore(part: Buffer): boolean {
    if (this.awaitsAnswer) this.#awaitAnswer();
    return this.sending.more(part);
  }

  sent(): void {
    this.close();
  }

  resume(): void {
    this.#exchange.client.socket.resume();
  }

  fail(): void {
    this.#exchange.fail(500);
  }

  #gather(first: Buffer): void {
    const { head, client, group, plane } = this.#exchange;
    if (head.expectContinue) {
      // Said here, so that the body comes; the target gets it with the head.
      head.expectContinue = false;
      client.socket.write(continueLine, "latin1");
    }
    this.#gathered = new RequestBuffer(plane.buffers, group.release.options.buffering.memoryBytes, this);
    this.#takeGathered(first);
  }

  #takeGathered(part: Buffer): void {
    const { client, plane } = this.#exchange;
    client.deadline = plane.sweeper.now + bufferedIdleMs;
    if (this.#gathered?.take(Buffer.from(part), this.isRead) === false) client.socket.pause();
  }

  #awaitAnswer(): void {
    const { client, plane, group } = this.#exchange;
    client.deadline = plane.sweeper.now + group.release.options.responseTimeoutMs;
  }

  #origin(): RequestOrigin {
    const { client, group } = this.#exchange;
    const { address, protocol } = client;
    return { address, protocol, believed: group.trust.believes(address) };
  }
}
