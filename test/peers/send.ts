import { connect } from "node:net";

/** Silence for this long means that the server waits for more: before its first byte, and after. Milliseconds. */
const quietMs = { first: 500, next: 100 };

/** Sends bytes as they are and gives what comes back, until the server closes or waits. */
export function send(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const pieces: Buffer[] = [];
    const done = () => {
      socket.destroy();
      resolve(Buffer.concat(pieces).toString("latin1"));
    };
    socket.setTimeout(quietMs.first, done);
    socket.on("data", (piece: Buffer) => {
      pieces.push(piece);
      socket.setTimeout(quietMs.next);
    });
    socket.on("end", done);
    // A reset after the answer: what had come until then counts.
    socket.on("error", done);
    socket.write(bytes);
  });
}

/** The statuses in an answer's bytes. */
export function statusesIn(answer: string): number[] {
  return [...answer.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status));
}
