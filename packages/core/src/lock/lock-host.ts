import type { LockStore } from "./lock-files.ts";
import type { StartAttendant } from "./watchdog.ts";

/** A host on which the lock is taken, over one connection. */
export interface LockHost {
  name: string;
  files(): Promise<LockStore>;
  attendant: StartAttendant;
}
