import { readlink } from "node:fs/promises";
import { basename } from "node:path";
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
  const found = processIn(sockets.stdout);
  if (!found) return null;
  // What `ss` gives is the name of a thread, which a program is free to choose.
  const program = await readlink(`/proc/${found.pid}/exe`).catch(() => found.name);
  return `${basename(program)} (process ${found.pid})`;
}

/** The first process in the output of `ss -p`. */
export function processIn(sockets: string): { name: string; pid: number } | null {
  const [, name, pid] = /users:\(\("([^"]+)",pid=(\d+)/.exec(sockets) ?? [];
  return name && pid ? { name, pid: Number(pid) } : null;
}
