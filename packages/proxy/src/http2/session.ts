import type { ServerHttp2Session } from "node:http2";
import type { TLSSocket } from "node:tls";
import { http2 } from "../node-http2.ts";
import { translateRequest } from "./request.ts";
import { StreamSocket } from "./stream-socket.ts";

/** Requests that a client may have under way on one connection; what nginx and HAProxy allow is of this order. */
const maxConcurrentStreams = 128;
/** How much a client may send ahead of what its app takes, in bytes; the standard's 64 KB make uploads slow. */
const initialWindowSize = 262_144;
/** As long as an HTTP/1.1 connection may be idle. */
const idleMs = 75_000;

/**
 * Serves HTTP/2 on a connection that has agreed on it.
 *
 * @param attach serves one virtual HTTP/1.1 connection, with one request on it
 */
export function serveHttp2(socket: TLSSocket, attach: (stream: StreamSocket) => void): ServerHttp2Session {
  const { remoteAddress } = socket;
  const { constants, performServerHandshake } = http2();
  const session = performServerHandshake(socket, { settings: { maxConcurrentStreams, initialWindowSize } });
  session.on("stream", (stream, headers) => {
    const request = translateRequest(headers, stream.endAfterHeaders);
    if (request === null) {
      stream.respond({ ":status": 400 }, { endStream: true });
      return;
    }
    attach(new StreamSocket(stream, request, remoteAddress));
  });
  session.setTimeout(idleMs, () => session.close());
  // A connection that broke tells its streams, each of which closes.
  session.on("error", () => session.destroy());
  session.once("close", () => socket.destroy());
  session.on("frameError", () => session.destroy(undefined, constants.NGHTTP2_PROTOCOL_ERROR));
  return session;
}
