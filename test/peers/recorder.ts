import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";

const headEnd = "\r\n\r\n";
/** How long the rest of a request may take to follow its head, in milliseconds. */
const restMs = 15;
const answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

/**
 * An origin that writes down what it is sent, byte for byte and by connection, and makes nothing of
 * it: a while after something that looks like the end of a head it answers and closes.
 */
export class Recorder {
  #connections: Buffer[][] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#record(socket));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, resolve));
    return this;
  }

  /** What each connection since the last call sent, those that sent nothing left out. */
  take(): Buffer[] {
    const taken = this.#connections.map((pieces) => Buffer.concat(pieces)).filter(({ length }) => length > 0);
    this.#connections = [];
    return taken;
  }

  close(): void {
    this.#server.close();
  }

  #record(socket: Socket): void {
    const pieces: Buffer[] = [];
    this.#connections.push(pieces);
    let answers: NodeJS.Timeout | null = null;
    socket.on("data", (bytes: Buffer) => {
      pieces.push(bytes);
      if (answers === null && Buffer.concat(pieces).includes(headEnd)) {
        answers = setTimeout(() => socket.end(answer), restMs);
      }
    });
    socket.on("end", () => socket.end());
    socket.on("error", () => socket.destroy());
  }
}
