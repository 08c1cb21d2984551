import { chmod, mkdir, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { dirname } from "node:path";
import type { Dispatcher } from "./dispatch.ts";
import { LineReader } from "./lines.ts";

/** The longest line of a client's, in bytes. */
const longestLine = 1_048_576;

/**
 * Listens on the control socket, for its owner only (0600). A socket file that a killed process
 * left behind is replaced.
 */
export async function serveControl(path: string, dispatcher: Dispatcher): Promise<Server> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  const server = createServer((socket) => serveClient(socket, dispatcher));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  return server;
}

function serveClient(socket: Socket, dispatcher: Dispatcher): void {
  let greeted = false;
  const answer = async (line: string) => {
    if (line.trim() === "") return;
    const response = await dispatcher.answer(line, greeted);
    if (response.ok && "abilities" in response.result) greeted = true;
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
