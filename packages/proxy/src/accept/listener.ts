import { createServer, type Server, type Socket } from "node:net";
import type { Clock } from "../clock.ts";
import type { Plane } from "../exchange/plane.ts";
import { ClientConnection, type OwnedClientSocket } from "./client-connection.ts";

/** Accepts clients over plain HTTP. */
export class HttpListener {
  readonly server: Server;
  readonly #plane: Plane;
  readonly #connections = new Set<ClientConnection>();
  readonly #forget = (connection: ClientConnection) => this.#connections.delete(connection);

  constructor(plane: Plane) {
    this.#plane = plane;
    this.server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (socket) =>
      this.#accept(socket),
    );
  }

  /** @throws the system's error when the port can't be had */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen({ port, backlog: 4096 }, resolve);
    });
  }

  /** Accepts no more, lets what is under way end, and cuts what is left at the limit. */
  async close(limitMs: number, clock: Clock): Promise<void> {
    this.#plane.closing = true;
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const connection of this.#connections) connection.close();
    const limit = clock.after(limitMs, () => {
      for (const connection of this.#connections) connection.socket.resetAndDestroy();
    });
    await closed;
    limit.cancel();
  }

  #accept(socket: Socket): void {
    const connection = new ClientConnection(socket, this.#plane, this.#forget);
    (socket as OwnedClientSocket).owner = connection;
    this.#connections.add(connection);
    socket.on("data", onData);
    socket.on("drain", onDrain);
    socket.on("end", onEnd);
    socket.on("error", onError);
    socket.on("close", onClose);
  }
}

// Shared by all sockets, so that a connection costs no closures.
function onData(this: OwnedClientSocket, chunk: Buffer): void {
  this.owner.onData(chunk);
}
function onDrain(this: OwnedClientSocket): void {
  this.owner.onDrain();
}
function onEnd(this: OwnedClientSocket): void {
  this.owner.onEnd();
}
function onError(this: OwnedClientSocket): void {
  // What broke is told by `close`, which always follows.
  this.destroy();
}
function onClose(this: OwnedClientSocket): void {
  this.owner.onClose();
}
