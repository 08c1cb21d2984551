/** What `lock acquire` is told. */
export interface LockAcquireOptions {
  /** Why it is locked, for everybody who finds it so. */
  message: string;
}

/** What `lock release` is told. */
export interface LockReleaseOptions {
  /**
   * Asked whether the lock of a command that is at work may be broken, host by host.
   *
   * @throws DeployError USAGE where nobody can be asked
   */
  confirm(held: HeldLockFacts): Promise<boolean>;
}

/** Whose a lock is, as plain data. */
export interface HeldLockFacts {
  host: string;
  by: string;
  pid: number;
  command: string;
  version: string | null;
  /** What the holder is about; null before its first step. */
  step: string | null;
  /** Why it was taken by hand; null for a command's. */
  message: string | null;
  /** Since when it is held. */
  forMs: number;
  /** When it runs out unless it is renewed; null: not by itself. */
  remainingMs: number | null;
  /** Its fencing number. */
  fence: number;
}

/** The lock on every host. */
export interface LockStatus {
  service: string;
  destination: string | null;
  /** `error` where a host could not be asked; both null where the lock is free. */
  hosts: { host: string; held: HeldLockFacts | null; error: string | null }[];
}

/** What became of a lock on every host. */
export interface LockChange {
  service: string;
  destination: string | null;
  /** The hosts where something was changed. */
  hosts: string[];
  /** Those of them whose holder was at work. */
  broken: string[];
}
