import { answerBytes, type OwnAnswer } from "../answer/answer.ts";
import type { ExchangeClient } from "../exchange/client.ts";
import { Exchange } from "../exchange/exchange.ts";
import type { Plane } from "../exchange/plane.ts";
import { connectionField } from "../head/connection-field.ts";
import type { Hold, Waiting } from "../hold/hold.ts";
import { Refusal } from "../http1/refusal.ts";
import type { RequestHead } from "../http1/request-head.ts";
import { RequestReader } from "../http1/request-reader.ts";
import { ownRecord } from "../log/record.ts";
import { withoutPrefix } from "../route/prefix.ts";
import type { Route } from "../route/table.ts";
import { cookieLine, decide } from "../split/split.ts";
import type { Service } from "../switch/service.ts";
import { askedBy, askerOf, hasContent, plainAddress } from "./asker.ts";
import type { ClientSocket } from "./client-socket.ts";
import { clientLimits } from "./limits.ts";
import type { Sweepable } from "./sweeper.ts";

/** For a request that came while its service took none, in seconds. */
const retryAfter = 5;

/** A client's connection: its requests, one after another, and what it has sent ahead. */
export class ClientConnection implements ExchangeClient, Sweepable, Waiting {
  readonly socket: ClientSocket;
  readonly protocol: "http" | "https";
  readonly address: string;
  deadline: number;
  place = -1;
  readonly #plane: Plane;
  readonly #onClosed: (connection: ClientConnection) => void;
  readonly #reader = new RequestReader();
  #exchange: Exchange | null = null;
  /** The head that is being answered. */
  #head: RequestHead | null = null;
  /** Where that leads; null when nowhere. */
  #route: Route<Service> | null = null;
  /** Where it waits, while its service is paused. */
  #hold: Hold | null = null;
  /** Sent ahead by the client, not read yet. */
  #ahead: Buffer | null = null;
  #reading = false;
  #lingering = false;
  /** Bytes that came after the last answer. */
  #dropped = 0;
  #halfClosed = false;

  constructor(
    socket: ClientSocket,
    protocol: "http" | "https",
    plane: Plane,
    onClosed: (connection: ClientConnection) => void,
  ) {
    this.socket = socket;
    this.protocol = protocol;
    this.#plane = plane;
    this.#onClosed = onClosed;
    this.address = plainAddress(socket.remoteAddress ?? "");
    this.deadline = plane.sweeper.now + clientLimits.headMs;
  }

  get isLast(): boolean {
    return this.#plane.closing || this.#halfClosed;
  }

  get isIdle(): boolean {
    return !this.#isBusy && !this.#reader.partial && !this.#lingering;
  }

  get #isBusy(): boolean {
    return this.#exchange !== null || this.#hold !== null;
  }

  /** @param chunk holds these bytes during the call only: what is kept of it must be copied */
  onData(chunk: Buffer): void {
    if (this.#lingering) this.#drop(chunk);
    else if (!this.#isBusy) this.#read(chunk);
    else if (this.#exchange?.takesBytes === true) {
      const end = this.#exchange.onClientData(chunk);
      if (end < chunk.length) this.#onSentAhead(chunk.subarray(end));
    } else this.#keepAhead(chunk);
  }

  onDrain(): void {
    if (this.#exchange !== null) this.#exchange.onClientDrain();
    else if (this.#hold === null) this.#goOn();
  }

  /** The client has sent its last byte. It may still read. */
  onEnd(): void {
    this.#halfClosed = true;
    if (this.#exchange !== null) this.#exchange.onClientEnd();
    // To end a stream again is harmless, and makes an error each time that nobody sees.
    else if (this.#hold === null && !this.#lingering) this.socket.end();
  }

  onClose(): void {
    this.#hold?.leave(this);
    const exchange = this.#exchange;
    this.#exchange = null;
    exchange?.onClientClose();
    this.#onClosed(this);
  }

  onDeadline(): void {
    if (this.#lingering) this.socket.destroy();
    else if (this.#exchange !== null) this.#exchange.onDeadline();
    else if (this.#hold !== null) {
      this.#hold.leave(this);
      this.refuse();
    } else if (this.#reader.partial) this.#refuse(408);
    else this.socket.destroy();
  }

  exchangeEnded(keepAlive: boolean): void {
    this.#exchange = null;
    // A connection may rest for long, and there may be thousands: what was answered is let go of.
    this.#head = null;
    this.#route = null;
    // Who was promised that the connection is kept may have sent its next request already.
    if (keepAlive) this.#goOn();
    else this.#linger();
  }

  answerOwn(answer: OwnAnswer, keepAlive: boolean): void {
    const head = this.#head;
    const keeps = keepAlive && !this.isLast;
    if (this.#exchange === null) this.#record(answer.status);
    const asker = askerOf(head, this.#route?.to ?? null);
    this.socket.write(answerBytes(answer, asker, connectionField(keeps, head?.minor ?? 1)));
    this.exchangeEnded(keeps);
  }

  /** Waits no longer than a little for a next request. */
  endSoonIfIdle(): void {
    if (this.isIdle) {
      this.deadline = Math.min(this.deadline, this.#plane.sweeper.now + clientLimits.leavingIdleMs);
    }
  }

  /** Says goodbye: at once where nothing is under way, else after the answer. */
  close(): void {
    if (this.isIdle) this.socket.end();
  }

  /** Ends now, as politely as what is under way allows. */
  cut(): void {
    if (this.#exchange !== null) this.#exchange.cut();
    else if (this.#hold !== null) this.refuse();
    else if (!this.#lingering) this.#linger();
  }

  /** Reads as many requests as there are bytes, until one has to be waited for. */
  #read(chunk: Buffer): void {
    let bytes: Buffer | null = chunk;
    this.#reading = true;
    while (bytes !== null && !this.#isBusy && !this.#lingering) {
      if (this.socket.writableNeedDrain) {
        // Its answers are not being read; it gets no more of them until they are.
        this.#keepAhead(bytes);
        break;
      }
      bytes = this.#readOne(bytes);
    }
    this.#reading = false;
  }

  /** Reads one request; what is left of the bytes, or null when there is nothing to go on with. */
  #readOne(bytes: Buffer): Buffer | null {
    const wasPartial = this.#reader.partial;
    const read = this.#reader.read(bytes, 0, bytes.length);
    if (read === null) {
      if (!wasPartial) this.deadline = this.#plane.sweeper.now + clientLimits.headMs;
      return null;
    }
    if (read instanceof Refusal) {
      this.#refuse(read.status, read.reason);
      return null;
    }
    const end = this.#begin(read, bytes, this.#reader.next);
    if (end === bytes.length) return null;
    const rest = bytes.subarray(end);
    if (!this.#isBusy) return rest;
    this.#keepAhead(rest);
    return null;
  }

  /** Starts what a head asks for. Gives the offset after what belongs to the request. */
  #begin(head: RequestHead, bytes: Buffer, offset: number): number {
    this.#head = head;
    const claimed = this.#plane.registry.route(head.host, head.path);
    const intercepted = this.#plane.intercept?.(head, this.protocol, claimed) ?? null;
    if (intercepted !== null && "status" in intercepted) {
      this.answerOwn(intercepted, head.keepAlive && !hasContent(head));
      return offset;
    }
    const route = intercepted ?? claimed;
    this.#route = route;
    if (route === null) {
      this.answerOwn({ status: 404 }, head.keepAlive && !hasContent(head));
      return offset;
    }
    const { traffic } = route.to.serving;
    if (traffic.mode === "open") return this.#forward(route, head, bytes, offset);
    if (traffic.mode === "stopped" || route.to.hold.size >= traffic.maxRequests) this.refuse();
    else {
      this.#hold = route.to.hold;
      this.#hold.enter(this);
      this.deadline = this.#plane.sweeper.now + traffic.timeoutMs;
    }
    return offset;
  }

  release(): void {
    this.#hold = null;
    this.deadline = 0;
    this.socket.resume();
    const bytes = this.#ahead ?? Buffer.alloc(0);
    this.#ahead = null;
    const end = this.#forward(this.#route as Route<Service>, this.#head as RequestHead, bytes, 0);
    if (end < bytes.length) this.#onSentAhead(bytes.subarray(end));
  }

  refuse(): void {
    this.#hold = null;
    const service = (this.#route as Route<Service>).to;
    const { traffic } = service.serving;
    service.counts.requests += 1;
    service.counts.proxyErrors += 1;
    const message = traffic.mode === "stopped" ? traffic.message : null;
    this.answerOwn({ status: 503, retryAfter, ...(message !== null && { message }) }, false);
  }

  #forward(route: Route<Service>, head: RequestHead, bytes: Buffer, offset: number): number {
    const { split } = route.to;
    const decision = split === null ? null : decide(split.rule, askedBy(head), Math.random);
    const group = split !== null && decision?.toCandidate ? split.group : route.to.active;
    if (group === null) {
      this.answerOwn({ status: 503 }, head.keepAlive && !hasContent(head));
      return offset;
    }
    const path = group.release.options.stripPathPrefix ? withoutPrefix(head.path, route.prefix) : head.path;
    const exchange = new Exchange(this.#plane, this, route.to, group, head, path);
    this.#exchange = exchange;
    if (split !== null && decision?.newPlace !== null && decision !== null) {
      exchange.answerLines = cookieLine(split.rule, decision.newPlace);
    }
    return exchange.start(bytes, offset);
  }

  /** Writes an answer down that no target had a part in. */
  #record(status: number): void {
    const { requests } = this.#plane;
    const service = this.#route?.to ?? null;
    if (requests === null || ((service?.options?.requestLog ?? null) === null && !requests.samples())) return;
    requests.note(ownRecord(service, this.address, this.#head, status));
  }

  #onSentAhead(rest: Buffer): void {
    if (!this.#isBusy && !this.#lingering) this.#read(rest);
    else this.#keepAhead(rest);
  }

  #keepAhead(bytes: Buffer): void {
    this.#ahead = this.#ahead === null ? Buffer.from(bytes) : Buffer.concat([this.#ahead, bytes]);
    if (this.#ahead.length > clientLimits.aheadBytes || this.socket.writableNeedDrain) this.socket.pause();
  }

  /** Ready for the next request, which may have been sent already. */
  #goOn(): void {
    const { idleMs, leavingIdleMs } = clientLimits;
    this.deadline = this.#plane.sweeper.now + (this.isLast ? leavingIdleMs : idleMs);
    this.socket.resume();
    if (this.#reading) return;
    const ahead = this.#ahead;
    this.#ahead = null;
    if (ahead !== null) this.#read(ahead);
    else if (this.#halfClosed) this.socket.end();
  }

  #refuse(status: number, message?: string): void {
    this.answerOwn(message === undefined ? { status } : { status, message }, false);
  }

  /**
   * Ends the connection after what was written. What the client still sends is read and dropped for
   * a while: closing over unread bytes would reset the connection, and the answer with it.
   */
  #linger(): void {
    this.#lingering = true;
    this.#ahead = null;
    this.deadline = this.#plane.sweeper.now + clientLimits.lingerMs;
    this.socket.resume();
    this.socket.end();
  }

  /** More than a client can have had on its way when it was answered is not taken from it. */
  #drop(chunk: Buffer): void {
    this.#dropped += chunk.length;
    if (this.#dropped > clientLimits.lingerBytes) this.socket.pause();
  }
}
