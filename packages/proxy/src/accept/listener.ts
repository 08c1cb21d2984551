import { createServer, type Server, type SocketConstructorOpts } from "node:net";
import { DirectSocket } from "../body/direct-socket.ts";
import { type Clients, sharedReads } from "./clients.ts";

/** What the system's listening socket gives for each connection, before Node makes a stream of it. */
type Accepting = { onconnection?: (failure: number, accepted: object) => void };

/**
 * Accepts clients over plain HTTP.
 *
 * Node's server gives its sockets a buffer of 64 KB for each read. A socket can be made to read into one that
 * is there already, but only when it is made; so ours are made here, from what Node's server makes its own.
 */
export class HttpListener {
  readonly server: Server;
  readonly #clients: Clients;
  #open = 0;
  #whenNoneIsOpen: (() => void) | null = null;
  readonly #onClose = () => {
    this.#open -= 1;
    if (this.#open === 0) this.#whenNoneIsOpen?.();
  };

  constructor(clients: Clients) {
    this.#clients = clients;
    // For what was accepted before `listen` had put itself in between, and for a Node that doesn't let it.
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      clients.attach(socket, "http"),
    );
  }

  /** @throws the system's error when the port can't be had */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen({ port, backlog: 4096 }, resolve);
    });
    const { _handle: handle } = this.server as unknown as { _handle: Accepting | null };
    if (typeof handle?.onconnection !== "function") return;
    const usual = handle.onconnection;
    handle.onconnection = (failure, accepted) => {
      if (failure === 0) this.#accept(accepted);
      else usual.call(handle, failure, accepted);
    };
  }

  /** Accepts no more; settles when the last connection has ended. */
  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    if (this.#open === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenNoneIsOpen = resolve;
    });
  }

  #accept(handle: object): void {
    const options = { handle, onread: sharedReads, allowHalfOpen: true };
    const socket = new DirectSocket(options as SocketConstructorOpts);
    socket.setNoDelay(true);
    this.#open += 1;
    socket.on("close", this.#onClose);
    this.#clients.attachReading(socket, "http");
  }
}
