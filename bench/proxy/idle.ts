import { connect, type Socket } from "node:net";
import type { Row } from "../lib/row.ts";
import { ports } from "./ports.ts";
import { memoryKb } from "./processes.ts";
import { boundRow, toldRow } from "./rows.ts";
import type { Server } from "./servers.ts";

const name = "an idle connection";
const connections = 4_000;
/** So many at once: a server's queue of new connections is not what is measured. */
const atOnce = 100;

/** The memory that each connection takes which has had its answer and waits for a next request. */
export async function idleRows(servers: readonly Server[]): Promise<Row[]> {
  const kb: Partial<Record<Server["name"], number>> = {};
  for (const server of servers) if (server.name !== "floor") kb[server.name] = await idleKb(server);
  const told = (["cutover", "nginx", "haproxy"] as const).map((server) =>
    toldRow(`${name}: ${server}`, "memory", "KB", kb[server] ?? Number.NaN, kb.nginx ?? Number.NaN),
  );
  return [...told, boundRow(name, "memory", "KB", kb.cutover ?? Number.NaN, 15, "most")];
}

async function idleKb({ name: server, pid }: Server): Promise<number> {
  const before = memoryKb(pid, "VmRSS");
  const open: Socket[] = [];
  while (open.length < connections) {
    open.push(...(await Promise.all(Array.from({ length: atOnce }, () => answered(ports[server].http)))));
  }
  const after = memoryKb(pid, "VmRSS");
  for (const socket of open) socket.destroy();
  return (after - before) / connections;
}

/** A connection that has had one answer. */
function answered(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", reject);
    socket.write("GET /up HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    socket.once("data", () => resolve(socket));
  });
}
