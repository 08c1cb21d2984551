import type { Duplex } from "node:stream";
import type { ClientSocket } from "../accept/client-socket.ts";
import { writeCopy, writeHeadAndBody } from "../body/write.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { UpstreamConnection } from "../upstream/connection.ts";
import { passedHead } from "./answer-head.ts";
import { closeFrame, FrameBorders } from "./frames.ts";
import { keepAliveMs } from "./limits.ts";

/** A WebSocket between a client and a target: bytes both ways, and a polite end. */
export class Tunnel {
  readonly #client: ClientSocket;
  readonly #connection: UpstreamConnection;
  readonly #toClient = new FrameBorders();
  readonly #toTarget = new FrameBorders();
  #closing = false;
  /** Directions that have got their close frame. */
  #closed = new Set<Duplex>();

  constructor(client: ClientSocket, connection: UpstreamConnection) {
    this.#client = client;
    this.#connection = connection;
  }

  fromClient(bytes: Buffer): void {
    if (!this.#pass(bytes, this.#connection.socket, this.#toTarget, true)) this.#client.pause();
  }

  fromTarget(bytes: Buffer): void {
    if (!this.#pass(bytes, this.#client, this.#toClient, false)) this.#connection.socket.pause();
  }

  /** Tells the client that its connection is upgraded, with the first bytes that came behind that. */
  open(answer: ResponseHead, first: Buffer): void {
    this.#client.setKeepAlive?.(true, keepAliveMs);
    writeHeadAndBody(this.#client, passedHead(answer), first);
    this.#toClient.follow(first);
  }

  /** Sends each side a close frame, at once or at the end of the frame under way. */
  close(): void {
    this.#closing = true;
    this.#closeAtBorder(this.#client, this.#toClient, false);
    this.#closeAtBorder(this.#connection.socket, this.#toTarget, true);
  }

  get isClosed(): boolean {
    return this.#closed.size === 2;
  }

  #pass(bytes: Buffer, to: Duplex, borders: FrameBorders, masked: boolean): boolean {
    if (!this.#closing) {
      borders.follow(bytes);
      return writeCopy(to, bytes);
    }
    // What comes after the close frame has no reader any more.
    if (this.#closed.has(to)) return true;
    const end = borders.toBorder(bytes, 0);
    writeCopy(to, bytes.subarray(0, end));
    this.#closeAtBorder(to, borders, masked);
    return true;
  }

  #closeAtBorder(to: Duplex, borders: FrameBorders, masked: boolean): void {
    if (!borders.atBorder || this.#closed.has(to)) return;
    this.#closed.add(to);
    to.write(closeFrame(masked));
  }
}
