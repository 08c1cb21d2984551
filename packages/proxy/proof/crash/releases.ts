import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Releases to switch between: each is a server that answers its own number. They live through every crash. */
export class Releases {
  readonly #servers: Server[] = [];

  static async start(count: number): Promise<Releases> {
    const releases = new Releases();
    for (let number = 0; number < count; number += 1) {
      const server = createServer((_request, response) => response.end(`${number}`));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      releases.#servers.push(server);
    }
    return releases;
  }

  /** Which server a release's name stands for: its number, round and round. */
  answerOf(release: string): string {
    return `${Number(release.slice(1)) % this.#servers.length}`;
  }

  targetOf(release: string): string {
    const server = this.#servers[Number(this.answerOf(release))] as Server;
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  stop(): void {
    for (const server of this.#servers) server.close().closeAllConnections();
  }
}
