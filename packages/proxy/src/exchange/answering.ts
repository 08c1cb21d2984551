import { writeCopy, writeHeadAndBody } from "../body/write.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { UpstreamConnection } from "../upstream/connection.ts";
import { keptMsOf } from "../upstream/reuse.ts";
import { AnswerBuffer, type AnswerSide, isStreamed } from "./answer-buffer.ts";
import { finalHead } from "./answer-head.ts";
import type { Exchange } from "./exchange.ts";
import { bufferedIdleMs, cutAnswer, keepAliveMs } from "./limits.ts";
import { OutgoingBody } from "./outgoing-body.ts";
import type { Phase } from "./phase.ts";

/** The target's answer goes on to the client; what the client does not take at once may be kept for it. */
export class Answering implements Phase, AnswerSide {
  readonly #exchange: Exchange;
  readonly #answer: ResponseHead;
  readonly #body: OutgoingBody;
  /** Whether the client's connection is to carry another request. */
  readonly #keepAlive: boolean;
  /** Whether the client may take longer than the target to read it. */
  readonly #mayLag: boolean;
  /** What the client has not taken yet; made when it first falls behind. */
  #buffer: AnswerBuffer | null = null;
  /** The target is done with; what it sent is still on its way to the client. */
  #isWhole = false;

  constructor(exchange: Exchange, answer: ResponseHead) {
    const { head, client, group } = exchange;
    const { buffering, maxResponseBytes } = group.release.options;
    this.#exchange = exchange;
    this.#answer = answer;
    this.#body = new OutgoingBody(answer, head);
    this.#keepAlive = head.keepAlive && !client.isLast && !this.#body.endsWithConnection;
    const isBounded = (buffering.responses || maxResponseBytes !== null) && !isStreamed(answer);
    this.#mayLag = isBounded && buffering.responses;
    if (isBounded && maxResponseBytes !== null) this.#body.allowance = maxResponseBytes;
  }

  /** Writes the head, with what came of the body behind it. */
  begin(chunk: Buffer, offset: number): void {
    const { head: request, client, group, answerLines: lines } = this.#exchange;
    this.#exchange.enter(this, this.#answer);
    if (this.#body.events !== null) client.socket.setKeepAlive?.(true, keepAliveMs);
    const { protocol } = client;
    const { tls } = group.release.options;
    const head = finalHead(this.#answer, { request, protocol, keepAlive: this.#keepAlive, lines, tls });
    this.#pass(chunk, offset, head);
  }

  onClientData(bytes: Buffer): number {
    // Its answer is complete: what else it was to have nobody waits for.
    return this.#isWhole ? bytes.length : this.#exchange.passRequest(bytes);
  }

  onClientDrain(): void {
    if (this.#buffer === null) this.#resumeTarget();
    else this.#buffer.drain();
  }

  onClientEnd(): void {
    this.#exchange.endRequest();
  }

  onDeadline(): void {
    if (this.#isWhole || this.#exchange.request.waitsForClient) {
      this.#exchange.breakOff("client-left", { status: 408 });
    } else this.#exchange.fail(504);
  }

  onUpstreamData(chunk: Buffer): void {
    this.#pass(chunk, 0, null);
  }

  onUpstreamEnd(): void {
    if (this.#answer.body === "until-close") this.#finish();
  }

  onUpstreamClose(_lost: UpstreamConnection | null, error: NodeJS.ErrnoException | null): void {
    if (this.#answer.body === "until-close" && error === null) this.#finish();
    else this.#exchange.fail(502);
  }

  cut(): void {
    if (this.#body.events === null) this.#exchange.breakOff("cut", cutAnswer);
    else this.#endEventsAtBorder();
  }

  close(): void {
    this.#buffer?.close();
  }

  onAnswerSpace(): void {
    this.#resumeTarget();
  }

  onAnswerTaken(): void {
    if (this.#isWhole) this.#awaitReader();
  }

  onAnswerPassed(): void {
    if (this.#isWhole) this.#end();
  }

  onAnswerLost(): void {
    this.#exchange.fail(500);
  }

  /** @param head of the answer, when these are the first bytes of its body */
  #pass(chunk: Buffer, offset: number, head: string | null): void {
    const body = this.#body;
    const part = body.take(chunk, offset);
    if (part === null) {
      this.#exchange.fail(502);
      return;
    }
    if (body.allowance < 0) {
      this.#exchange.fail(500);
      return;
    }
    if (head === null) this.#write(part);
    else if (!writeHeadAndBody(this.#exchange.client.socket, head, part)) this.#fallBehind();
    body.events?.follow(part);
    if (body.done) this.#finish();
    else if (this.#exchange.isCut) this.#endEventsAtBorder();
  }

  #write(part: Buffer): void {
    if (part.length === 0) return;
    if (this.#buffer === null) {
      if (!writeCopy(this.#exchange.client.socket, part)) this.#fallBehind();
    } else if (!this.#buffer.pass(part)) this.#pauseTarget();
  }

  /** The client takes no more at the moment: its answer is kept for it, or its target waits. */
  #fallBehind(): void {
    if (!this.#mayLag) {
      this.#pauseTarget();
      return;
    }
    const { client, plane, group } = this.#exchange;
    const { memoryBytes } = group.release.options.buffering;
    this.#buffer ??= new AnswerBuffer(client.socket, plane.buffers, memoryBytes, this);
  }

  /** All of it has come: the target has done its part. */
  #finish(): void {
    const { request, plane } = this.#exchange;
    if (this.#answer.keepAlive && request.isSent && !this.#body.overrun) {
      request.sending.giveBack(keptMsOf(this.#answer), plane.sweeper.now);
    } else request.sending.destroy();
    if (this.#buffer === null || this.#buffer.isEmpty) this.#end();
    else {
      this.#isWhole = true;
      this.#exchange.leaveTarget(false);
      this.#awaitReader();
    }
  }

  /** The client has got the whole answer. */
  #end(): void {
    this.#exchange.end("answered");
    this.#exchange.client.exchangeEnded(this.#keepAlive && this.#exchange.request.isRead);
  }

  #endEventsAtBorder(): void {
    const last = this.#body.events?.endHere() ?? null;
    if (last === null) return;
    const { client, request } = this.#exchange;
    client.socket.write(last, "latin1");
    request.sending.destroy();
    this.#exchange.end("cut");
    client.exchangeEnded(false);
  }

  #awaitReader(): void {
    this.#exchange.client.deadline = this.#exchange.plane.sweeper.now + bufferedIdleMs;
  }

  #pauseTarget(): void {
    this.#exchange.request.sending.connection?.socket.pause();
  }

  #resumeTarget(): void {
    this.#exchange.request.sending.connection?.socket.resume();
  }
}

/** Whether an answer says that it is longer than its service may answer. */
export function isTooLarge(answer: ResponseHead, { head, group }: Exchange): boolean {
  const { maxResponseBytes } = group.release.options;
  if (maxResponseBytes === null || answer.length <= maxResponseBytes) return false;
  return head.method !== "HEAD" && !isStreamed(answer);
}
