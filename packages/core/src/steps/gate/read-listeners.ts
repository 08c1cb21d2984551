import type { Act } from "../act.ts";
import { type Listener, parseListeners } from "./listeners.ts";

/**
 * What listens inside a running container, read from its own network state on the host. Null where
 * the SSH user may not read it, or the container is gone: then nothing is known.
 */
export async function readListeners(pid: number, { host }: Act): Promise<Listener[] | null> {
  if (pid === 0) return null;
  const files = await host.files();
  try {
    const tables = await Promise.all([
      files.read(`/proc/${pid}/net/tcp`),
      files.read(`/proc/${pid}/net/tcp6`),
    ]);
    return tables[0] === null ? null : parseListeners(tables.join("\n"));
  } catch {
    // A diagnosis is worth having, but its lack must not hide the failure that it was to explain.
    return null;
  }
}
