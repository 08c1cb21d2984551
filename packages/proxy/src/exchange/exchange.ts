import { writeCopy, writeHeadAndBody } from "../body/write.ts";
import type { RequestOrigin } from "../head/request.ts";
import { known } from "../http1/known-fields.ts";
import { Refusal } from "../http1/refusal.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { sentRecord } from "../log/record.ts";
import type { RequestRecord } from "../log/requests.ts";
import type { Service } from "../switch/service.ts";
import type { UpstreamConnection } from "../upstream/connection.ts";
import type { InFlight, TargetGroup } from "../upstream/group.ts";
import { keptMsOf } from "../upstream/reuse.ts";
import type { UpstreamUser } from "../upstream/user.ts";
import { AnswerBuffer, type AnswerSide, isStreamed } from "./answer-buffer.ts";
import { finalHead, passedHead } from "./answer-head.ts";
import type { ExchangeClient } from "./client.ts";
import { IncomingBody } from "./incoming-body.ts";
import { OutgoingBody } from "./outgoing-body.ts";
import type { Plane } from "./plane.ts";
import { RequestBuffer } from "./request-buffer.ts";
import { Sending } from "./sending.ts";
import { Tunnel } from "./tunnel.ts";

/** How long a long connection that is cut may take to come to a border, in milliseconds. */
const graceMs = 1_000;
/** How long a client may leave its buffered body where it is, neither sending nor reading, in milliseconds. */
const bufferedIdleMs = 60_000;
/** After how long without a sign of a client with a long connection the system asks whether it is still there. */
const keepAliveMs = 60_000;
const continueLine = "HTTP/1.1 100 Continue\r\n\r\n";

/**
 * One request on its way to a target and its answer on the way back. It ends exactly once: answered,
 * failed, cut, or left by its client.
 */
export class Exchange implements InFlight, UpstreamUser, AnswerSide {
  kind: "request" | "websocket" = "request";
  place = -1;
  /** Further field lines for the head of the answer, each with its line end. */
  answerLines = "";
  readonly head: RequestHead;
  readonly #plane: Plane;
  readonly #client: ExchangeClient;
  readonly #service: Service;
  readonly #group: TargetGroup;
  readonly #sending: Sending;
  readonly #requestBody: IncomingBody;
  #answer: ResponseHead | null = null;
  #answerBody: OutgoingBody | null = null;
  #tunnel: Tunnel | null = null;
  /** It is to end at its next border. */
  #cutting = false;
  /** What the client was answered; 0 before. */
  #status = 0;
  readonly #startedAt: number;
  #keepAlive = false;
  /** The request's body, where it is gathered before it is sent; null once all of it has been sent. */
  #gathered: RequestBuffer | null = null;
  /** Whether the client may take longer than the target to read the answer. */
  #buffersAnswer = false;
  /** What it has not taken yet; made when it first falls behind. */
  #buffer: AnswerBuffer | null = null;
  /** The target is done with; what it sent is still on its way to the client. */
  #targetIsDone = false;
  #ended = false;

  constructor(
    plane: Plane,
    client: ExchangeClient,
    service: Service,
    group: TargetGroup,
    head: RequestHead,
    path: string,
  ) {
    this.#plane = plane;
    this.#client = client;
    this.#service = service;
    this.#group = group;
    this.head = head;
    this.#sending = new Sending(this, group, head, path);
    this.#startedAt = plane.clock.elapsed();
    this.#requestBody = new IncomingBody(head, group.release.options.maxRequestBytes);
  }

  /** Whether bytes that the client sends next belong to this request. */
  get takesBytes(): boolean {
    return this.kind === "websocket" || !this.#requestBody.done;
  }

  /**
   * Sends the request to a target, with what is at hand of its body.
   *
   * @returns the offset after the last byte that belongs to it
   */
  start(bytes: Buffer, offset: number): number {
    const end = this.#requestBody.take(bytes, offset);
    this.#group.enter(this);
    if (this.#refusesBody()) return end;
    // Kept, in case that it has to be sent again.
    const body = end === offset ? empty : Buffer.from(bytes.subarray(offset, end));
    if (!this.#requestBody.done && this.#group.release.options.buffering.requests) this.#gather(body);
    else if (!this.#send(body, this.#requestBody.done)) this.#client.socket.pause();
    return end;
  }

  /** Gives false when the target is to be waited for. */
  #send(body: Buffer, bodyIsWhole: boolean): boolean {
    this.#awaitAnswer();
    return this.#sending.first(body, bodyIsWhole, this.#origin(), this.#plane.sweeper.now);
  }

  #gather(first: Buffer): void {
    const { memoryBytes } = this.#group.release.options.buffering;
    if (this.head.expectContinue) {
      // Said here, so that the body comes; the target gets it with the head.
      this.head.expectContinue = false;
      this.#client.socket.write(continueLine, "latin1");
    }
    this.#gathered = new RequestBuffer(this.#plane.buffers, memoryBytes, {
      send: (body, bodyIsWhole) => this.#send(body, bodyIsWhole),
      sendMore: (part) => this.#sendMore(part),
      sent: () => this.#endGathering(),
      resume: () => this.#client.socket.resume(),
      fail: () => this.#failProxy(),
    });
    this.#takeGathered(first);
  }

  #takeGathered(part: Buffer): void {
    this.#client.deadline = this.#plane.sweeper.now + bufferedIdleMs;
    const { done } = this.#requestBody;
    if (this.#gathered?.take(Buffer.from(part), done) === false) this.#client.socket.pause();
  }

  /** Gives false when the target is to be waited for. */
  #sendMore(part: Buffer): boolean {
    if (this.#answer === null) this.#awaitAnswer();
    return this.#sending.more(part);
  }

  #endGathering(): void {
    this.#gathered?.close();
    this.#gathered = null;
  }

  /** More of the request's body, or what follows an upgrade. Gives the offset after what it took. */
  onClientData(bytes: Buffer): number {
    if (this.#tunnel !== null) {
      this.#tunnel.fromClient(bytes);
      this.#endIfClosed();
      return bytes.length;
    }
    // Its answer is complete: what else it was to have nobody waits for.
    if (this.#targetIsDone) return bytes.length;
    const end = this.#requestBody.take(bytes, 0);
    if (this.#refusesBody()) return bytes.length;
    const part = end === bytes.length ? bytes : bytes.subarray(0, end);
    if (this.#gathered !== null) this.#takeGathered(part);
    else if (!this.#sendMore(part)) this.#client.socket.pause();
    return end;
  }

  onClientDrain(): void {
    if (this.#buffer === null) this.#sending.connection?.socket.resume();
    else this.#buffer.drain();
  }

  /** The client will send no more. */
  onClientEnd(): void {
    if (this.kind === "websocket") this.#sending.connection?.socket.end();
    else if (!this.#requestBody.done) {
      this.onClientClose();
      this.#client.socket.destroy();
    }
  }

  onClientClose(): void {
    if (this.#ended) return;
    this.#sending.destroy();
    this.#end(this.kind === "websocket" ? "answered" : "client-left");
  }

  /** The target took too long to begin its answer, or the client to send or to take what is buffered. */
  onDeadline(): void {
    if (this.#cutting) this.#cutHard();
    else if (this.#targetIsDone) {
      this.#end("client-left");
      this.#client.socket.resetAndDestroy();
    } else if (this.#gathered?.isSending === false) {
      this.#status = 408;
      this.#end("client-left");
      this.#client.answerOwn({ status: 408 }, false);
    } else this.#failTarget(504);
  }

  /** A WebSocket is closed at a frame border, an event stream ended at an event's, anything else broken off. */
  cut(): void {
    if (this.#ended || this.#cutting) return;
    this.#cutting = true;
    this.#client.deadline = this.#plane.sweeper.now + graceMs;
    if (this.#tunnel !== null) {
      this.#tunnel.close();
      this.#endIfClosed();
    } else if ((this.#answerBody?.events ?? null) !== null) this.#endEventsAtBorder();
    else this.#cutHard();
  }

  #cutHard(): void {
    this.#sending.destroy();
    this.#status ||= 503;
    this.#end("cut");
    if (this.#answer === null) this.#client.answerOwn({ status: 503, retryAfter: 1 }, false);
    else this.#client.socket.resetAndDestroy();
  }

  #endIfClosed(): void {
    if (!this.#cutting || this.#tunnel?.isClosed !== true || this.#ended) return;
    // Both ends have been told; what they still send is read and dropped.
    this.#sending.release();
    this.#end("cut");
    this.#client.exchangeEnded(false);
  }

  #endEventsAtBorder(): void {
    const last = this.#answerBody?.events?.endHere() ?? null;
    if (last === null) return;
    this.#client.socket.write(last, "latin1");
    this.#sending.destroy();
    this.#end("cut");
    this.#client.exchangeEnded(false);
  }

  onUpstreamData(chunk: Buffer): void {
    if (this.#tunnel !== null) {
      this.#tunnel.fromTarget(chunk);
      this.#endIfClosed();
    } else if (this.#answer === null) this.#readAnswer(chunk);
    else this.#passBody(chunk, 0, null);
  }

  onUpstreamDrain(): void {
    if (this.#gathered === null) this.#client.socket.resume();
    else this.#gathered.drain();
  }

  onUpstreamEnd(): void {
    if (this.kind === "websocket") this.#client.socket.end();
    else if (this.#answer?.body === "until-close") this.#finish();
  }

  onUpstreamClose(error: NodeJS.ErrnoException | null): void {
    const connection = this.#sending.lose();
    if (this.#ended) return;
    if (this.kind === "websocket") {
      if (error === null) this.#client.socket.end();
      else this.#client.socket.resetAndDestroy();
      this.#end("answered");
    } else if (this.#answer?.body === "until-close" && error === null) this.#finish();
    else if (this.#answer !== null || connection === null || !this.#sendAgain(connection, error)) {
      this.#failTarget(502);
    }
  }

  #origin(): RequestOrigin {
    const { address, protocol } = this.#client;
    return { address, protocol, believed: this.#group.trust.believes(address) };
  }

  #sendAgain(lost: UpstreamConnection, error: NodeJS.ErrnoException | null): boolean {
    if (!this.#sending.again(lost, error, this.#origin())) return false;
    this.#service.noteSentAgain();
    this.#awaitAnswer();
    this.#gathered?.drain();
    return true;
  }

  #awaitAnswer(): void {
    const { responseTimeoutMs } = this.#group.release.options;
    this.#client.deadline = this.#plane.sweeper.now + responseTimeoutMs;
  }

  #readAnswer(chunk: Buffer): void {
    const { reader } = this.#sending.connection as UpstreamConnection;
    let offset = 0;
    for (;;) {
      const read = reader.read(chunk, offset, chunk.length);
      if (read === null) return;
      if (read instanceof Refusal) {
        this.#failTarget(502);
        return;
      }
      offset = reader.next;
      if (!read.interim) {
        this.#takeAnswer(read, chunk, offset);
        return;
      }
      // 100 and 103 go on to those who know them: HTTP/1.0 has no interim answers.
      if (this.head.minor === 1) {
        this.#client.socket.write(passedHead(read), "latin1");
      }
    }
  }

  #takeAnswer(answer: ResponseHead, chunk: Buffer, offset: number): void {
    this.#answer = answer;
    this.#status = answer.status;
    this.#client.deadline = 0;
    if (answer.status === 101) {
      this.#upgrade(answer, chunk, offset);
      return;
    }
    const body = new OutgoingBody(answer, this.head);
    this.#answerBody = body;
    if (body.events !== null) this.#client.socket.setKeepAlive?.(true, keepAliveMs);
    this.#keepAlive = this.head.keepAlive && !this.#client.isLast && !body.endsWithConnection;
    if (!this.#settleBuffering(answer, body)) return;
    const head = finalHead(answer, {
      request: this.head,
      protocol: this.#client.protocol,
      keepAlive: this.#keepAlive,
      lines: this.answerLines,
      tls: this.#group.release.options.tls,
    });
    this.#passBody(chunk, offset, head);
  }

  /** Whether the answer's body is buffered, and how long it may be. Gives false where it is longer than that. */
  #settleBuffering(answer: ResponseHead, body: OutgoingBody): boolean {
    const { buffering, maxResponseBytes } = this.#group.release.options;
    if ((!buffering.responses && maxResponseBytes === null) || isStreamed(answer)) return true;
    if (maxResponseBytes !== null) {
      body.allowance = maxResponseBytes;
      if (answer.length > maxResponseBytes && this.head.method !== "HEAD") {
        this.#answer = null;
        this.#status = 0;
        this.#failProxy();
        return false;
      }
    }
    this.#buffersAnswer = buffering.responses;
    return true;
  }

  /** The client takes no more at the moment: its answer is kept for it, or its target waits. */
  #fallBehind(): void {
    if (!this.#buffersAnswer) {
      this.#sending.connection?.socket.pause();
      return;
    }
    const { memoryBytes } = this.#group.release.options.buffering;
    this.#buffer ??= new AnswerBuffer(this.#client.socket, this.#plane.buffers, memoryBytes, this);
  }

  onAnswerSpace(): void {
    this.#sending.connection?.socket.resume();
  }

  onAnswerTaken(): void {
    this.#awaitReader();
  }

  onAnswerPassed(): void {
    if (this.#targetIsDone) this.#endPassed();
  }

  onAnswerLost(): void {
    this.#failProxy();
  }

  #upgrade(answer: ResponseHead, chunk: Buffer, offset: number): void {
    if (
      this.head.upgrade !== "websocket" ||
      answer.fields.combined(known.upgrade)?.toLowerCase() !== "websocket"
    ) {
      this.#answer = null;
      this.#status = 0;
      this.#failTarget(502);
      return;
    }
    this.kind = "websocket";
    this.#client.socket.setKeepAlive?.(true, keepAliveMs);
    const first = chunk.subarray(offset);
    writeHeadAndBody(this.#client.socket, passedHead(answer), first);
    this.#tunnel = new Tunnel(this.#client.socket, this.#sending.connection as UpstreamConnection);
    this.#tunnel.alreadySent(first);
  }

  /** @param head of the answer, when these are the first bytes of its body */
  #passBody(chunk: Buffer, offset: number, head: string | null): void {
    const body = this.#answerBody as OutgoingBody;
    const part = body.take(chunk, offset);
    if (part === null) {
      this.#failTarget(502);
      return;
    }
    if (body.allowance < 0) {
      this.#failProxy();
      return;
    }
    if (head === null) this.#pass(part);
    else if (!writeHeadAndBody(this.#client.socket, head, part)) this.#fallBehind();
    body.events?.follow(part);
    if (body.done) this.#finish();
    else if (this.#cutting) this.#endEventsAtBorder();
  }

  #pass(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.#buffer === null) {
      if (!writeCopy(this.#client.socket, bytes)) this.#fallBehind();
    } else if (!this.#buffer.pass(bytes)) this.#sending.connection?.socket.pause();
  }

  #finish(): void {
    const answer = this.#answer as ResponseHead;
    const { done } = this.#requestBody;
    if (answer.keepAlive && done && this.#gathered === null && !(this.#answerBody as OutgoingBody).overrun) {
      this.#sending.giveBack(keptMsOf(answer), this.#plane.sweeper.now);
    } else this.#sending.destroy();
    this.#keepAlive &&= done;
    if (this.#buffer === null || this.#buffer.isEmpty) this.#endPassed();
    else {
      this.#leaveTarget(false);
      this.#awaitReader();
    }
  }

  #awaitReader(): void {
    if (this.#targetIsDone) this.#client.deadline = this.#plane.sweeper.now + bufferedIdleMs;
  }

  /** The client has got the whole answer. */
  #endPassed(): void {
    this.#end("answered");
    this.#client.exchangeEnded(this.#keepAlive);
  }

  /** Lets the target go: it has done its part. */
  #leaveTarget(cut: boolean): void {
    if (this.#targetIsDone) return;
    this.#targetIsDone = true;
    this.#sending.end();
    this.#group.leave(this, cut);
  }

  #failTarget(status: 502 | 504): void {
    if (this.#ended) return;
    this.#sending.destroy();
    this.#status ||= status;
    this.#end("target-failed");
    if (this.#answer !== null) this.#client.socket.resetAndDestroy();
    else this.#client.answerOwn({ status }, this.head.keepAlive && this.#requestBody.done);
  }

  /** What was buffered is lost, or the answer larger than is allowed. */
  #failProxy(): void {
    if (this.#ended) return;
    this.#sending.destroy();
    this.#status ||= 500;
    this.#end("target-failed");
    if (this.#answer !== null) this.#client.socket.resetAndDestroy();
    else this.#client.answerOwn({ status: 500 }, false);
  }

  /** A body that can't be read any further, or is too large, ends its request. */
  #refusesBody(): boolean {
    const answer = this.#requestBody.fault;
    if (answer === null) return false;
    this.#sending.destroy();
    this.#status ||= answer.status;
    this.#end("answered");
    if (this.#answer !== null) this.#client.socket.resetAndDestroy();
    else this.#client.answerOwn(answer, false);
    return true;
  }

  #end(outcome: RequestRecord["outcome"]): void {
    this.#ended = true;
    this.#client.deadline = 0;
    this.#endGathering();
    this.#buffer?.close();
    const ms = this.#plane.clock.elapsed() - this.#startedAt;
    this.#service.note(this.#status, ms, outcome);
    const { requests } = this.#plane;
    if (requests !== null && (this.#group.release.options.requestLog !== null || requests.samples())) {
      requests.note(
        sentRecord({
          service: this.#service,
          group: this.#group,
          target: this.#sending.target,
          client: this.#client.address,
          head: this.head,
          answer: this.#answer,
          status: this.#status,
          ms,
          outcome,
        }),
      );
    }
    this.#leaveTarget(outcome === "cut");
  }
}

const empty = Buffer.alloc(0);
