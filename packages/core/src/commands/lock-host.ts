import type { Host } from "../hosts/host.ts";
import type { LockHost } from "../lock/lock-host.ts";

/** A host as its lock needs it. */
export function lockHost(host: Host): LockHost {
  return {
    name: host.name,
    files: () => host.files(),
    attendant: (text, args) => host.attendant(text, args),
  };
}
