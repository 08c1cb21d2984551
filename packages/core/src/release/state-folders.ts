import { posix } from "node:path";
import { STATE_FOLDER } from "../hosts/state-folder.ts";

/** The paths of one app's state on a host. */
export interface StateFolders {
  app: string;
  locks: string;
  releases: string;
  /** Which release is active. */
  active: string;
  /** Which hosts were left behind; on the primary host. */
  leftBehind: string;
  /** The key of this host's checksums; secret. */
  checksumKey: string;
  /** What was done, a line of JSON each. */
  audit: string;
  /** What commands were about when they ended, a file each. */
  journals: string;
  /** One command's journal. */
  journal(run: string): string;
  /** One release's folder. */
  release(id: string): string;
  record(id: string): string;
  /** A role's environment. */
  environment(id: string, role: string): string;
  /** A role's own certificate with its key. */
  certificate(id: string, role: string): string;
}

/** @param root `run_directory`, or null for the usual place */
export function stateFolders(root: string | null, app: string): StateFolders {
  const folder = posix.join(root ?? STATE_FOLDER, "apps", app);
  const releases = posix.join(folder, "releases");
  const release = (id: string) => posix.join(releases, id);
  return {
    app: folder,
    locks: posix.join(folder, "locks"),
    journals: posix.join(folder, "journals"),
    journal: (run) => posix.join(folder, "journals", `${run}.jsonl`),
    releases,
    active: posix.join(folder, "active.json"),
    leftBehind: posix.join(folder, "left-behind.json"),
    checksumKey: posix.join(folder, "checksum.key"),
    audit: posix.join(folder, "audit.ndjson"),
    release,
    record: (id) => posix.join(release(id), "record.json"),
    environment: (id, role) => posix.join(release(id), `${role}.env.json`),
    certificate: (id, role) => posix.join(release(id), `${role}.tls.json`),
  };
}
