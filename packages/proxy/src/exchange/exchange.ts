import { contentOf } from "../body/decode.ts";
import { bodyOf } from "../body/of.ts";
import { writeCopy, writeHeadAndBody } from "../body/write.ts";
import type { RequestOrigin } from "../head/request.ts";
import type { Body } from "../http1/body.ts";
import type { ChunkedBody } from "../http1/chunked-body.ts";
import { known } from "../http1/known-fields.ts";
import { Refusal } from "../http1/refusal.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { loggedFields, pathOnly } from "../log/headers.ts";
import type { RequestLog, RequestRecord } from "../log/requests.ts";
import type { Service } from "../switch/service.ts";
import type { UpstreamConnection } from "../upstream/connection.ts";
import type { InFlight, TargetGroup } from "../upstream/group.ts";
import { keptMsOf } from "../upstream/reuse.ts";
import type { UpstreamUser } from "../upstream/user.ts";
import { AnswerBuffer, isStreamed } from "./answer-buffer.ts";
import { comesWithoutChunks, finalHead, passedHead } from "./answer-head.ts";
import type { ExchangeClient } from "./client.ts";
import { EventStream } from "./event-stream.ts";
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
export class Exchange implements InFlight, UpstreamUser {
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
  readonly #requestBody: Body;
  /** How many bytes of it may still come. */
  #allowance: number;
  #answer: ResponseHead | null = null;
  #answerBody: Body | null = null;
  /** The answer comes in chunks, which its client does not know. */
  #decodes = false;
  #tunnel: Tunnel | null = null;
  #events: EventStream | null = null;
  /** It is to end at its next border. */
  #cutting = false;
  /** What the client was answered; 0 before. */
  #status = 0;
  readonly #startedAt: number;
  #keepAlive = false;
  /** The target sent more than its answer. */
  #overrun = false;
  /** The request's body, where it is gathered before it is sent; null once all of it has been sent. */
  #gathered: RequestBuffer | null = null;
  /** The answer's, where the client may take longer than the target. */
  #buffer: AnswerBuffer | null = null;
  /** How many bytes of it may still come. */
  #answerAllowance = Number.POSITIVE_INFINITY;
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
    this.#requestBody = bodyOf(head.body, head.length);
    this.#allowance = group.release.options.maxRequestBytes ?? Number.POSITIVE_INFINITY;
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
    const end = this.#requestBody.scan(bytes, offset, bytes.length);
    this.#group.enter(this);
    this.#allowance -= Math.max(end - offset, this.head.length);
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
    const end = this.#requestBody.scan(bytes, 0, bytes.length);
    // What was announced has been allowed already.
    if (this.head.body === "chunked") this.#allowance -= end;
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
    } else if (this.#events !== null) this.#endEventsAtBorder();
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
    const last = this.#events?.endHere() ?? null;
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
    this.#answerBody = bodyOf(answer.body, answer.length);
    this.#decodes = comesWithoutChunks(answer, this.head);
    this.#events = this.#decodes ? null : EventStream.in(answer, this.#answerBody);
    if (this.#events !== null) this.#client.socket.setKeepAlive?.(true, keepAliveMs);
    const endsWithConnection = answer.body === "until-close" || this.#decodes;
    this.#keepAlive = this.head.keepAlive && !this.#client.isLast && !endsWithConnection;
    if (!this.#settleBuffering(answer)) return;
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
  #settleBuffering(answer: ResponseHead): boolean {
    const { buffering, maxResponseBytes } = this.#group.release.options;
    if ((!buffering.responses && maxResponseBytes === null) || isStreamed(answer)) return true;
    if (maxResponseBytes !== null) {
      this.#answerAllowance = maxResponseBytes;
      if (answer.length > maxResponseBytes && this.head.method !== "HEAD") {
        this.#answer = null;
        this.#status = 0;
        this.#failProxy();
        return false;
      }
    }
    if (!buffering.responses) return true;
    this.#buffer = new AnswerBuffer(this.#client.socket, this.#plane.buffers, buffering.memoryBytes, {
      resume: () => this.#sending.connection?.socket.resume(),
      passed: () => {
        if (this.#targetIsDone) this.#endPassed();
      },
      moved: () => this.#awaitReader(),
      fail: () => this.#failProxy(),
    });
    return true;
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
    const body = this.#answerBody as Body;
    const decoded = this.#decodes ? contentOf(body as ChunkedBody, chunk, offset) : null;
    const end = decoded?.end ?? body.scan(chunk, offset, chunk.length);
    if (body.refused !== null) {
      this.#failTarget(502);
      return;
    }
    const part = decoded?.content ?? chunk.subarray(offset, end);
    this.#answerAllowance -= end - offset;
    if (this.#answerAllowance < 0) {
      this.#failProxy();
      return;
    }
    if (head === null) this.#pass(part);
    else if (!writeHeadAndBody(this.#client.socket, head, part) && this.#buffer === null) {
      this.#sending.connection?.socket.pause();
    }
    this.#events?.follow(part);
    if (!body.done) {
      if (this.#cutting) this.#endEventsAtBorder();
      return;
    }
    // Bytes after the end of an answer belong to none.
    this.#overrun = end < chunk.length;
    this.#finish();
  }

  #pass(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const goesOn =
      this.#buffer === null ? writeCopy(this.#client.socket, bytes) : this.#buffer.pass(Buffer.from(bytes));
    if (!goesOn) this.#sending.connection?.socket.pause();
  }

  #finish(): void {
    const answer = this.#answer as ResponseHead;
    const { done } = this.#requestBody;
    if (answer.keepAlive && done && this.#gathered === null && !this.#overrun) {
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
    const { refused } = this.#requestBody;
    if (refused === null && this.#allowance >= 0) return false;
    const answer = refused === null ? { status: 413 } : { status: 400, message: refused.reason };
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
      this.#record(requests, ms, outcome);
    }
    this.#leaveTarget(outcome === "cut");
  }

  #record(requests: RequestLog, ms: number, outcome: RequestRecord["outcome"]): void {
    const { method, host, path, fields } = this.head;
    const { candidate, options } = this.#group.release;
    const wanted = options.requestLog;
    requests.note({
      service: this.#service.name,
      release: candidate,
      target: this.#sending.target,
      client: this.#client.address,
      method,
      host,
      path: pathOnly(path),
      status: this.#status,
      ms: Math.round(ms),
      outcome,
      ...(wanted !== null && { requestHeaders: loggedFields(fields, wanted.requestHeaders) }),
      ...(wanted !== null &&
        this.#answer !== null && {
          responseHeaders: loggedFields(this.#answer.fields, wanted.responseHeaders),
        }),
    });
  }
}

const empty = Buffer.alloc(0);
