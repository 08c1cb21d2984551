import { createServer, type Server } from "node:net";
import type { Clients } from "./clients.ts";

/** Accepts clients over plain HTTP. */
export class HttpListener {
  readonly server: Server;

  constructor(clients: Clients) {
    this.server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (socket) =>
      clients.attach(socket, "http"),
    );
  }

  /** @throws the system's error when the port can't be had */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen({ port, backlog: 4096 }, resolve);
    });
  }

  /** Accepts no more; settles when the last connection has ended. */
  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
