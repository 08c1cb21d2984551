import { createHash } from "node:crypto";
import { join } from "node:path";

/** Where an engine of ours and what it is made of lie. */
export interface EngineFolders {
  /** The root of it all, in the cache. */
  root: string;
  /** Unpacked packages, one folder for each set. */
  packages: string;
  /** Images, volumes and build cache: what makes a second run fast. */
  data: string;
  /** A file for each process that uses the engine. */
  users: string;
  /** Held while the engine is started or stopped. */
  lock: string;
  log: string;
  /** Sockets and process ids, which mean nothing after a reboot. */
  run: string;
  pidFile: string;
  /** As `DOCKER_HOST` has it. */
  host: string;
}

/**
 * The folders for a cache folder. The socket does not lie in the cache itself, because the path of
 * a Unix socket is limited to 107 bytes.
 */
export function engineFolders(cache: string): EngineFolders {
  const root = join(cache, "engine");
  const run = `/run/cutover-engine-${createHash("sha256").update(cache).digest("hex").slice(0, 8)}`;
  return {
    root,
    packages: join(root, "packages"),
    data: join(root, "data"),
    users: join(root, "users"),
    lock: join(root, "lock"),
    log: join(root, "dockerd.log"),
    run,
    pidFile: join(run, "docker.pid"),
    host: `unix://${join(run, "docker.sock")}`,
  };
}
