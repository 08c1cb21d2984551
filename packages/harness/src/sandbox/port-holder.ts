import type Dockerode from "dockerode";
import { command } from "../process/command.ts";

/**
 * Who holds a port of this machine, for a message: `the container shop-web-1`, `nginx (process 812)`.
 *
 * @returns null when it cannot be told, as for another user's process.
 */
export async function portHolder(docker: Dockerode, port: number): Promise<string | null> {
  const containers = await docker.listContainers();
  const holder = containers.find(({ Ports }) => Ports.some(({ PublicPort }) => PublicPort === port));
  if (holder) return `the container ${(holder.Names[0] ?? holder.Id).replace(/^\//, "")}`;
  const sockets = await command("ss", ["-H", "-l", "-t", "-n", "-p", `sport = :${port}`]);
  return processIn(sockets.stdout);
}

/** The first process in the output of `ss -p`. */
export function processIn(sockets: string): string | null {
  const found = /users:\(\("([^"]+)",pid=(\d+)/.exec(sockets);
  return found ? `${found[1]} (process ${found[2]})` : null;
}
