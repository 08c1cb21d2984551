/**
 * The app behind the proxy under attack: `node origin-program.ts`. It says its port on stdout, answers
 * `/big/N` with N bytes as fast as they are taken, and everything else with 1 KB.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";

const small = Buffer.alloc(1_024, "x");
const part = Buffer.alloc(65_536, "x");

const server = createServer((request, response) => {
  const length = Number(/^\/big\/(\d+)$/.exec(request.url ?? "")?.[1] ?? 0);
  if (length === 0) return void response.end(small);
  response.setHeader("content-length", length);
  Readable.from(parts(length)).pipe(response);
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
// Whoever started it is gone when this ends.
process.stdin.on("end", () => process.exit(0)).resume();

function* parts(length: number): Generator<Buffer> {
  for (let left = length; left > 0; left -= part.length)
    yield left < part.length ? part.subarray(0, left) : part;
}
