import type { OwnAnswer } from "../answer/answer.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { RequestRecord } from "../log/requests.ts";
import type { Service } from "../switch/service.ts";
import type { InFlight, TargetGroup } from "../upstream/group.ts";
import type { UpstreamUser } from "../upstream/user.ts";
import { Asking } from "./asking.ts";
import type { ExchangeClient } from "./client.ts";
import { cutAnswer, graceMs } from "./limits.ts";
import { noteOutcome } from "./outcome.ts";
import type { Phase } from "./phase.ts";
import type { Plane } from "./plane.ts";
import { RequestRelay } from "./request-relay.ts";

/**
 * One request on its way to a target and its answer on the way back. It hears of everything that happens
 * to either, and its phase knows what follows. It ends exactly once: answered, failed, cut, or left by its
 * client.
 */
export class Exchange implements InFlight, UpstreamUser {
  kind: "request" | "websocket" = "request";
  place = -1;
  /** Further field lines for the head of the answer, each with its line end. */
  answerLines = "";
  readonly plane: Plane;
  readonly client: ExchangeClient;
  readonly service: Service;
  readonly group: TargetGroup;
  readonly head: RequestHead;
  readonly request: RequestRelay;
  readonly #startedAt: number;
  #phase: Phase;
  /** What went on to the client of a target's answer; null before. */
  #answered: ResponseHead | null = null;
  #isCut = false;
  #hasLeft = false;
  #isEnded = false;

  /** @param path what is asked for, once a prefix has been stripped */
  constructor(
    plane: Plane,
    client: ExchangeClient,
    service: Service,
    group: TargetGroup,
    head: RequestHead,
    path: string,
  ) {
    this.plane = plane;
    this.client = client;
    this.service = service;
    this.group = group;
    this.head = head;
    this.#startedAt = plane.clock.elapsed();
    this.request = new RequestRelay(this, path);
    this.#phase = new Asking(this);
  }

  /** Whether bytes that the client sends next belong to this request. */
  get takesBytes(): boolean {
    return this.kind === "websocket" || !this.request.isRead;
  }

  /** Whether it is to end at the next border of what passes. */
  get isCut(): boolean {
    return this.#isCut;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /**
   * Sends the request to a target, with what is at hand of its body.
   *
   * @returns the offset after the last byte that belongs to it
   */
  start(bytes: Buffer, offset: number): number {
    const end = this.request.read(bytes, offset);
    this.group.enter(this);
    if (!this.#refusesBody()) this.request.begin(bytes, offset, end);
    return end;
  }

  /** More from the client. Gives the offset after what it took. */
  onClientData(bytes: Buffer): number {
    return this.#phase.onClientData(bytes);
  }

  onClientDrain(): void {
    this.#phase.onClientDrain();
  }

  onClientEnd(): void {
    this.#phase.onClientEnd();
  }

  onClientClose(): void {
    if (this.#isEnded) return;
    this.request.sending.destroy();
    this.end(this.kind === "websocket" ? "answered" : "client-left");
  }

  onDeadline(): void {
    if (this.#isCut) this.breakOff("cut", cutAnswer);
    else this.#phase.onDeadline();
  }

  cut(): void {
    if (this.#isEnded || this.#isCut) return;
    this.#isCut = true;
    this.client.deadline = this.plane.sweeper.now + graceMs;
    this.#phase.cut();
  }

  onUpstreamData(chunk: Buffer): void {
    this.#phase.onUpstreamData(chunk);
  }

  onUpstreamDrain(): void {
    this.request.drain();
  }

  onUpstreamEnd(): void {
    this.#phase.onUpstreamEnd();
  }

  onUpstreamClose(error: NodeJS.ErrnoException | null): void {
    const lost = this.request.sending.lose();
    if (!this.#isEnded) this.#phase.onUpstreamClose(lost, error);
  }

  /** A final answer has come: from here on it is the client's. */
  enter(phase: Phase, answer: ResponseHead): void {
    this.#phase = phase;
    this.#answered = answer;
    this.request.awaitsAnswer = false;
    this.client.deadline = 0;
  }

  /** Passes more of the request's body on. Gives the offset after the last byte that belongs to it. */
  passRequest(bytes: Buffer): number {
    const end = this.request.read(bytes, 0);
    if (this.#refusesBody()) return bytes.length;
    this.request.pass(end === bytes.length ? bytes : bytes.subarray(0, end));
    return end;
  }

  /** The client will send no more: a request that is not whole by now never will be. */
  endRequest(): void {
    if (this.request.isRead) return;
    this.onClientClose();
    this.client.socket.destroy();
  }

  /** The target failed (502, 504), or what was to be kept of a body can't be (500). */
  fail(status: 500 | 502 | 504): void {
    const mayGoOn = status !== 500 && this.request.isRead;
    this.breakOff("target-failed", { status }, mayGoOn && this.head.keepAlive);
  }

  /** Ends before all is answered: by an answer of ours, or, where one has begun, by a break that can be seen. */
  breakOff(outcome: RequestRecord["outcome"], own: OwnAnswer, keepAlive = false): void {
    if (this.#isEnded) return;
    this.request.sending.destroy();
    this.end(outcome, own.status);
    if (this.#answered === null) this.client.answerOwn(own, keepAlive);
    else this.client.socket.resetAndDestroy();
  }

  /** @param ownStatus what it is answered where no target did; 0 for nothing */
  end(outcome: RequestRecord["outcome"], ownStatus = 0): void {
    this.#isEnded = true;
    this.client.deadline = 0;
    this.request.close();
    this.#phase.close();
    const ms = this.plane.clock.elapsed() - this.#startedAt;
    noteOutcome(this, this.#answered, ownStatus, ms, outcome);
    this.leaveTarget(outcome === "cut");
  }

  /** Lets the target go: it has done its part. */
  leaveTarget(cut: boolean): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.request.sending.end();
    this.group.leave(this, cut);
  }

  /** A body that can't be read any further, or is too large, ends its request. */
  #refusesBody(): boolean {
    const { fault } = this.request;
    if (fault !== null) this.breakOff("answered", fault);
    return fault !== null;
  }
}
