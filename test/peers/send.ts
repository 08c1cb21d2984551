import { connect } from "node:net";

/** Silence for how long means that the server waits for more: before its first byte, and after. Milliseconds. */
export interface Patience {
  first: number;
  next: number;
}

/** Enough where the machine has nothing else to do. */
export const hasty: Patience = { first: 250, next: 40 };
/** For a second look. */
export const patient: Patience = { first: 3_000, next: 800 };

/** Sends bytes as they are and gives what comes back, until the server closes or waits. */
export function send(port: number, bytes: Buffer, patience: Patience): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const pieces: Buffer[] = [];
    const done = () => {
      socket.destroy();
      resolve(Buffer.concat(pieces).toString("latin1"));
    };
    socket.setTimeout(patience.first, done);
    socket.on("data", (piece: Buffer) => {
      pieces.push(piece);
      socket.setTimeout(patience.next);
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
