/** `node echo-program.ts PORT`: an app that sends WebSocket messages back, as short as they come. */
import { createHash } from "node:crypto";
import { createServer, type Socket } from "node:net";
import { framesIn, serverFrame } from "./frames.ts";

/** RFC 6455, 1.3. */
const secret = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

createServer({ noDelay: true }, (socket) => {
  let open = false;
  let kept: Buffer = Buffer.alloc(0);
  socket.on("error", () => socket.destroy());
  socket.on("data", (bytes) => {
    kept = Buffer.concat([kept, bytes]);
    if (!open) {
      const end = kept.indexOf("\r\n\r\n");
      if (end === -1) return;
      open = answer(socket, kept.toString("latin1", 0, end));
      kept = kept.subarray(end + 4);
    }
    const { payloads, rest } = framesIn(kept);
    kept = rest;
    if (payloads.length > 0) socket.write(Buffer.concat(payloads.map(serverFrame)));
  });
}).listen(Number(process.argv[2]), "127.0.0.1");

/** Opens a WebSocket, or says that all is well to whoever asks for that. */
function answer(socket: Socket, head: string): boolean {
  const key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1];
  if (key === undefined) {
    socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    return false;
  }
  const accept = createHash("sha1")
    .update(key + secret)
    .digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  return true;
}
