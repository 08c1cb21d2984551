import { createServer, type IncomingMessage } from "node:http";
import { duplexPair } from "node:stream";
import { text } from "node:stream/consumers";

/** A request as Node's own parser reads it. */
export interface NodeRequest {
  method: string;
  url: string;
  host: string;
  content: string;
}

const sentinel = "GET /sentinel HTTP/1.1\r\nHost: sentinel\r\nConnection: close\r\n\r\n";

/**
 * A second reader, written by other people (llhttp), to see whether it takes our bytes as we meant
 * them. A request of our own follows them: were one of theirs to swallow it or to end early, it would show.
 */
export class NodeReader {
  readonly #server = createServer({ keepAlive: true, requestTimeout: 0, headersTimeout: 0 });

  /** @returns the requests in the bytes of one connection; null when it refuses them */
  async read(bytes: Buffer): Promise<NodeRequest[] | null> {
    const [client, served] = duplexPair();
    const requests: Promise<NodeRequest>[] = [];
    const { promise: ended, resolve: end } = Promise.withResolvers<"read" | "refused">();
    const onRequest = (request: IncomingMessage, response: { end(): void }) => {
      if (request.headers.host === "sentinel") return end("read");
      requests.push(noted(request));
      request.once("end", () => response.end());
    };
    const onRefusal = () => end("refused");
    const server = this.#server
      .on("request", onRequest)
      .on("checkContinue", onRequest)
      .on("clientError", onRefusal);
    server.emit("connection", served);
    client.resume();
    client.write(bytes);
    client.write(sentinel);
    served.once("close", onRefusal);
    const how = await ended;
    const all = how === "read" ? await Promise.all(requests) : null;
    server.off("request", onRequest).off("checkContinue", onRequest).off("clientError", onRefusal);
    client.destroy();
    served.destroy();
    await Promise.allSettled(requests);
    return all;
  }
}

async function noted(request: IncomingMessage): Promise<NodeRequest> {
  const { method = "", url = "", headers } = request;
  request.setEncoding("latin1");
  return { method, url, host: headers.host ?? "", content: await text(request) };
}
