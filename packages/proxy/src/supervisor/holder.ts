import { createServer, type Server } from "node:net";
import type { FromHolder } from "./messages.ts";

/** Kept from being collected, and their sockets from being closed. */
const held: Server[] = [];

/**
 * Holds the listening sockets that workers share, and accepts nothing from them: while no worker lives,
 * clients that connect wait for the next one instead of being refused.
 *
 * @param ports that the workers listen on
 * @throws the system's error when one can't be had
 */
export async function holdSockets(ports: readonly number[]): Promise<void> {
  for (const port of ports) held.push(await heldServer(port));
  const said: FromHolder = { type: "holding" };
  process.send?.(said);
  // Ctrl-C in a terminal reaches every process of its group; the supervisor alone ends this one.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => {});
  await new Promise<void>((resolve) => process.once("disconnect", resolve));
}

function heldServer(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    // The step that cluster has a server take once it has the shared socket, which is to accept from it.
    // Node keeps its name for the sake of those that stand in for it.
    Object.assign(server, { _listen2: () => resolve(server) });
    server.listen({ port, backlog: 4096 });
  });
}
