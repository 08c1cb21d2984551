import { readFile } from "node:fs/promises";

/** What Docker itself assumes. */
const USUAL_MTU = 1500;

/** The interface of the default route, from the text of /proc/net/route; null without one. */
export function defaultInterface(routes: string): string | null {
  for (const line of routes.split("\n").slice(1)) {
    const [name, destination] = line.split("\t");
    if (name && destination === "00000000") return name;
  }
  return null;
}

/**
 * The largest packet that leaves this machine whole, in bytes. Containers must not send larger
 * ones: where a link is narrower than usual, as in many clouds, their downloads would hang.
 */
export async function outgoingMtu(): Promise<number> {
  const name = defaultInterface(await readFile("/proc/net/route", "utf8").catch(() => ""));
  if (name === null) return USUAL_MTU;
  return Number(await readFile(`/sys/class/net/${name}/mtu`, "utf8").catch(() => "")) || USUAL_MTU;
}
