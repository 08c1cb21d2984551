import { mayReadOn } from "../body/reading-turns.ts";
import type { Clock } from "../clock.ts";
import type { Plane } from "../exchange/plane.ts";
import { Roster } from "../roster.ts";
import { ClientConnection } from "./client-connection.ts";
import type { ClientSocket } from "./client-socket.ts";

type OwnedSocket = ClientSocket & { owner: ClientConnection };

/** Every connection of a client, whichever way it came in. */
export class Clients {
  readonly #plane: Plane;
  readonly #connections = new Roster<ClientConnection>();
  readonly #forget = (connection: ClientConnection) => this.#connections.remove(connection);

  constructor(plane: Plane) {
    this.#plane = plane;
    plane.sweeper.keep(() => this.#connections.all());
  }

  get count(): number {
    return this.#connections.size;
  }

  /** Serves HTTP/1 over a socket from here on. */
  attach(socket: ClientSocket, protocol: "http" | "https"): void {
    this.attachReading(socket, protocol);
    socket.on("data", onData);
  }

  /** The same for a socket that was made with {@link sharedReads}. */
  attachReading(socket: ClientSocket, protocol: "http" | "https"): void {
    const connection = new ClientConnection(socket, protocol, this.#plane, this.#forget);
    (socket as OwnedSocket).owner = connection;
    this.#connections.add(connection);
    socket.on("drain", onDrain);
    socket.on("end", onEnd);
    socket.on("error", onError);
    socket.on("close", onClose);
  }

  /** Keeps no connection alive any more: each ends after its next answer, or when none is asked for soon. */
  leave(): void {
    this.#plane.closing = true;
    for (const connection of this.#connections.all()) connection.endSoonIfIdle();
  }

  /** Ends those that wait for a next request. */
  endIdle(): void {
    for (const connection of this.#connections.all()) connection.close();
  }

  /** Cuts what is left after a while. */
  cutAfter(limitMs: number, clock: Clock): { cancel(): void } {
    return clock.after(limitMs, () => {
      for (const connection of this.#connections.all()) connection.cut();
    });
  }
}

/**
 * How a socket of net is to be made (`onread`) to be read without a buffer of its own for each read: into
 * one that all share, one read after another, and straight to the connection.
 */
export const sharedReads = {
  buffer: Buffer.allocUnsafeSlow(65_536),
  callback(this: unknown, length: number, buffer: Uint8Array): boolean {
    (this as OwnedSocket).owner.onData((buffer as Buffer).subarray(0, length));
    return mayReadOn(this as OwnedSocket, length === buffer.length);
  },
};

// Shared by all sockets, so that a connection costs no closures.
function onData(this: OwnedSocket, chunk: Buffer): void {
  this.owner.onData(chunk);
}
function onDrain(this: OwnedSocket): void {
  this.owner.onDrain();
}
function onEnd(this: OwnedSocket): void {
  this.owner.onEnd();
}
function onError(this: OwnedSocket): void {
  // What broke is told by `close`, which always follows.
  this.destroy();
}
function onClose(this: OwnedSocket): void {
  this.owner.onClose();
}
