import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** A target on loopback that does with each connection exactly what a test says, byte by byte. */
export class Origin {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** What arrived on each connection, in the order they were made. */
  readonly received: string[] = [];
  port = 0;

  /** @param onData called for whatever arrives, with all that arrived on that connection so far */
  constructor(onData: (socket: Socket, received: string, connection: number) => void) {
    this.#server = createServer((socket) => {
      const connection = this.received.push("") - 1;
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      socket.on("error", () => socket.destroy());
      socket.on("data", (chunk) => {
        this.received[connection] += chunk.toString("latin1");
        onData(socket, this.received[connection] as string, connection);
      });
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  get target(): string {
    return `127.0.0.1:${this.port}`;
  }

  get connections(): number {
    return this.received.length;
  }

  get open(): number {
    return this.#sockets.size;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}

/** An origin that answers each request whose head is complete with the next of these, `up` checks with 200. */
export function answering(...answers: string[]): Promise<Origin> {
  let next = 0;
  const seen = new Map<Socket, number>();
  return new Origin((socket, received) => {
    const from = seen.get(socket) ?? 0;
    const end = received.indexOf("\r\n\r\n", from);
    if (end === -1) return;
    seen.set(socket, end + 4);
    if (received.startsWith("GET /up ", from)) socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    else socket.write(answers[Math.min(next++, answers.length - 1)] as string, "latin1");
  }).listen();
}

/** Whether these are the bytes of a health check. */
export function isHealthCheck(received: string): boolean {
  return received.startsWith("GET /up ");
}

export const healthy = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
