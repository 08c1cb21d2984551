import type { Socket } from "node:net";

/** What one hostile connection does. */
interface Behaviour {
  /** Once connected. */
  begin(socket: Socket): void;
  onData(socket: Socket): void;
  /** Once every `turnMs` milliseconds. */
  onTurn(socket: Socket): void;
  turnMs: number;
}

export type HostileKind = "slow heads" | "slow readers" | "header floods" | "idle connections";

/** The length of the body that slow readers ask for: 1 GB. */
const bigBody = 1_073_741_824;
const floodLine = `X-Flood: ${"x".repeat(1_000)}\r\n`;
const nothing = () => {};

export const kinds: Record<HostileKind, Behaviour> = {
  /** A head that never ends, byte by byte. */
  "slow heads": {
    begin: (socket) => socket.write("GET / HTTP/1.1\r\nHost: app.example.com\r\nX-Slow: "),
    onData: nothing,
    onTurn: (socket) => socket.write("x"),
    turnMs: 4_000,
  },
  /** A big body is asked for, and read one piece at a time. */
  "slow readers": {
    begin: (socket) => socket.write(`GET /big/${bigBody} HTTP/1.1\r\nHost: app.example.com\r\n\r\n`),
    onData: (socket) => socket.pause(),
    onTurn: (socket) => socket.resume(),
    turnMs: 1_000,
  },
  /** Header lines without end, as fast as they are taken. */
  "header floods": {
    begin(socket) {
      socket.write("GET / HTTP/1.1\r\nHost: app.example.com\r\n");
      const flood = () => {
        while (!socket.destroyed && socket.write(floodLine));
      };
      socket.on("drain", flood);
      flood();
    },
    onData: nothing,
    onTurn: nothing,
    turnMs: 1_000,
  },
  /** One request, and then nothing. */
  "idle connections": {
    begin: (socket) => socket.write("GET / HTTP/1.1\r\nHost: app.example.com\r\n\r\n"),
    onData: nothing,
    onTurn: nothing,
    turnMs: 1_000,
  },
};
