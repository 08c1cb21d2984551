import { chmod, mkdir, rename, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { dirname } from "node:path";
import type { ControlClient, Dispatcher } from "./dispatch.ts";
import { LineReader } from "./lines.ts";

/** The longest line of a client's, in bytes. */
const longestLine = 1_048_576;

/** The control socket, as it listens. */
export interface ControlServer {
  /** Listens no more, and ends every client's connection. */
  close(): void;
}

/**
 * Listens on the control socket, for its owner only (0600). A socket file that a killed process
 * left behind is replaced.
 */
export async function serveControl(path: string, dispatcher: Dispatcher): Promise<ControlServer> {
  await mkdir(dirname(path), { recursive: true });
  // Closing a socket removes the file it was made as: by then, another worker's may have that name.
  const making = `${path}.${process.pid}`;
  await rm(making, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    serveClient(socket, dispatcher);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // Not shared with other workers: each answers for itself.
    server.listen({ path: making, exclusive: true }, resolve);
  });
  await chmod(making, 0o600);
  await rename(making, path);
  return {
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

function serveClient(socket: Socket, dispatcher: Dispatcher): void {
  const client: ControlClient = {
    greeted: false,
    watch(id, events) {
      const end = events.watch((event) => {
        // Who does not read what happens does not make the proxy keep it.
        if (socket.writable && !socket.writableNeedDrain) socket.write(`${JSON.stringify({ id, event })}\n`);
      });
      socket.once("close", end);
    },
  };
  const answer = async (line: string) => {
    if (line.trim() === "") return;
    const response = await dispatcher.answer(line, client);
    if (socket.writable) socket.write(`${JSON.stringify(response)}\n`);
  };
  // The hello is answered before the next line is read; from then on, lines are answered in any order.
  let hello: Promise<void> | null = null;
  const reader = new LineReader(
    longestLine,
    (line) => {
      if (hello === null) hello = answer(line);
      else void hello.then(() => answer(line));
    },
    () => socket.destroy(),
  );
  socket.on("data", (chunk) => reader.push(chunk));
  // A client that went away is no failure of ours; what it asked for goes on.
  socket.on("error", () => socket.destroy());
}
