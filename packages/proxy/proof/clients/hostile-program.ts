/**
 * Hostile clients as a process: `node hostile-program.ts KIND PORT COUNT`. It keeps so many connections
 * at it, says `ready` once they are all there, and what became of them when its stdin ends.
 */
import { connect, type Socket } from "node:net";
import { type HostileKind, kinds } from "./kinds.ts";

const [kind = "", port = "", count = ""] = process.argv.slice(2);
const behaviour = kinds[kind as HostileKind];
/** So many connect at a time, so that the queue of the listener does not overflow. */
const atOnce = 200;
/** A connection that was ended is followed by another after this long, in milliseconds. */
const againMs = 100;
/** Every connection has its turn once in so many ticks. */
const slices = 20;

const sockets: (Socket | null)[] = Array(Number(count)).fill(null);
/** How often the proxy answered with which status, and closed or reset a connection. */
const statuses: Record<string, number> = {};
let closed = 0;
let ending = false;

function open(place: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), "127.0.0.1", () => {
      behaviour.begin(socket);
      resolve();
    });
    sockets[place] = socket;
    socket.on("data", (chunk) => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(chunk.toString("latin1", 0, 12))?.[1];
      if (status !== undefined) statuses[status] = (statuses[status] ?? 0) + 1;
      behaviour.onData(socket);
    });
    // What is reset is closed next, and counted there.
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets[place] = null;
      resolve();
      if (ending) return;
      closed += 1;
      setTimeout(() => (ending ? undefined : open(place)), againMs);
    });
  });
}

for (let first = 0; first < sockets.length; first += atOnce) {
  const places = Array.from(
    { length: Math.min(atOnce, sockets.length - first) },
    (_, index) => first + index,
  );
  await Promise.all(places.map(open));
}
process.stdout.write("ready\n");

let tick = 0;
const turns = setInterval(() => {
  tick += 1;
  for (let place = tick % slices; place < sockets.length; place += slices) {
    const socket = sockets[place];
    if (socket?.readyState === "open") behaviour.onTurn(socket);
  }
}, behaviour.turnMs / slices);

process.stdin
  .on("end", () => {
    ending = true;
    clearInterval(turns);
    for (const socket of sockets) socket?.resetAndDestroy();
    process.stdout.write(`${JSON.stringify({ statuses, closed })}\n`, () => process.exit(0));
  })
  .resume();
