/**
 * `node echo-load-program.ts PORT CONNECTIONS SECONDS`: opens WebSockets at `/echo`, sends a message over
 * each, and the next one when the first is back. Prints how many came back, what failed, and how long they took.
 */
import { connect } from "node:net";
import { clientFrame, framesIn } from "./frames.ts";
import { percentiles } from "./percentiles.ts";

const [port = 0, connections = 0, seconds = 0] = process.argv.slice(2).map(Number);
const message = clientFrame(Buffer.alloc(100, "x"));
const head = `GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
const timesMs: number[] = [];
let failed = 0;
const until = performance.now() + seconds * 1_000;

await Promise.all(Array.from({ length: connections }, echo));
const { p50, p99, p999 } = percentiles(timesMs);
console.log(JSON.stringify({ requests: timesMs.length, failed, p50, p99, p999 }));

/** Settles when the time is over, or the connection is. */
function echo(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let open = false;
    let over = false;
    let kept: Buffer = Buffer.alloc(0);
    let sentAt = 0;
    const send = () => {
      sentAt = performance.now();
      socket.write(message);
    };
    socket.write(head);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      if (!over) failed += 1;
      resolve();
    });
    socket.on("data", (bytes) => {
      kept = Buffer.concat([kept, bytes]);
      if (!open) {
        const end = kept.indexOf("\r\n\r\n");
        if (end === -1) return;
        open = kept.toString("latin1", 0, 12) === "HTTP/1.1 101";
        kept = kept.subarray(end + 4);
        if (open) send();
        else socket.destroy();
      }
      const { payloads, rest } = framesIn(kept);
      kept = rest;
      for (const _ of payloads) {
        const now = performance.now();
        timesMs.push(now - sentAt);
        over = now > until;
        if (over) socket.destroy();
        else send();
      }
    });
  });
}
