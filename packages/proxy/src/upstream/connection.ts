import type { SocketConstructorOpts } from "node:net";
import { DirectSocket } from "../body/direct-socket.ts";
import { mayReadOn } from "../body/reading-turns.ts";
import { ResponseReader } from "../http1/response-reader.ts";
import type { Address } from "./target.ts";
import type { UpstreamUser } from "./user.ts";

/** How long a target may take to end a connection that was given up politely, in milliseconds. */
const releasedMs = 2_000;

/**
 * What every target's bytes are read into, one read after another: a buffer for each read would be
 * most of the memory that a request costs.
 */
const readBuffer = Buffer.allocUnsafeSlow(65_536);

type OwnedSocket = DirectSocket & { owner: UpstreamConnection };

/** Whoever keeps the connections to one target. */
export interface ConnectionKeeper {
  /** One ended, or broke the protocol, while nobody used it. */
  onIdleEnd(connection: UpstreamConnection): void;
}

/** One connection to a target: in use by one at a time, or idle. */
export class UpstreamConnection {
  readonly socket: OwnedSocket;
  /** Reads the heads of what arrives on it. */
  readonly reader = new ResponseReader();
  user: UpstreamUser | null = null;
  /** How many uses it has seen, the current one included. */
  uses = 0;
  /** Whether nothing can be written to it any more. */
  isDead = false;
  /** Whether it was ever made. */
  connected = false;
  /** Since when it has been idle, in the sweeper's time. */
  idleSince = 0;
  /** For how long the target said that it keeps an idle connection, in milliseconds. */
  keptMs = Number.POSITIVE_INFINITY;
  readonly #keeper: ConnectionKeeper;
  #error: NodeJS.ErrnoException | null = null;
  #released = false;

  /** Resolves the name anew, for a container that was started again may have another address. */
  constructor(address: Address, keeper: ConnectionKeeper) {
    this.#keeper = keeper;
    const { host, port } = address;
    const onread = { buffer: readBuffer, callback: onRead };
    const socket = new DirectSocket({ onread, noDelay: true } as SocketConstructorOpts) as OwnedSocket;
    socket.connect({ host, port });
    socket.owner = this;
    this.socket = socket;
    socket.on("connect", onConnect);
    socket.on("drain", onDrain);
    socket.on("end", onEnd);
    socket.on("error", onError);
    socket.on("close", onClose);
  }

  use(user: UpstreamUser): void {
    this.user = user;
    this.uses += 1;
  }

  /** Nobody's any more, and not to be kept. */
  destroy(): void {
    this.user = null;
    this.isDead = true;
    this.socket.destroy();
  }

  /** Nobody's any more; it ends when the target ends it, at the latest a little later. */
  release(): void {
    this.user = null;
    this.isDead = true;
    this.#released = true;
    this.socket.setTimeout(releasedMs, () => this.socket.destroy());
    this.socket.resume();
    this.socket.end();
  }

  made(): void {
    this.connected = true;
  }

  take(chunk: Buffer): void {
    if (this.user !== null) this.user.onUpstreamData(chunk);
    // Nothing was asked, so nothing may be answered.
    else if (!this.#released) this.destroy();
  }

  ended(): void {
    this.isDead = true;
    if (this.user !== null) this.user.onUpstreamEnd();
    else this.#keeper.onIdleEnd(this);
  }

  failed(error: NodeJS.ErrnoException): void {
    this.isDead = true;
    this.#error = error;
  }

  closed(): void {
    this.isDead = true;
    const { user } = this;
    this.user = null;
    if (user !== null) user.onUpstreamClose(this.#error);
    else this.#keeper.onIdleEnd(this);
  }
}

// Shared by all sockets, so that a connection costs no closures.
function onRead(this: unknown, length: number, buffer: Uint8Array): boolean {
  (this as OwnedSocket).owner.take((buffer as Buffer).subarray(0, length));
  return mayReadOn(this as OwnedSocket, length === buffer.length);
}
function onConnect(this: OwnedSocket): void {
  this.owner.made();
}
function onDrain(this: OwnedSocket): void {
  this.owner.user?.onUpstreamDrain();
}
function onEnd(this: OwnedSocket): void {
  this.owner.ended();
}
function onError(this: OwnedSocket, error: NodeJS.ErrnoException): void {
  this.owner.failed(error);
}
function onClose(this: OwnedSocket): void {
  this.owner.closed();
}
