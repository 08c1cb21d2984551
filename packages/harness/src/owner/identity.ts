/**
 * A process, told apart from any other that ever had its number: by the machine, its boot, and the
 * moment the process started.
 */
export interface ProcessIdentity {
  /** A fingerprint of the machine and its process namespace: numbers mean something only there. */
  machine: string;
  /** The boot of that machine; after a reboot every process of before is gone. */
  boot: string;
  pid: number;
  /** The start of the process, in whatever unit the system counts; only compared for equality. */
  startedAt: string;
}

/** What became of the owner of something, as seen from here. */
export type OwnerState =
  | "alive"
  | "dead"
  /** It lives, or lived, on another machine: nothing can be said about it from here. */
  | "elsewhere";

/** How an owner is written in a label or a file name. */
export function formatIdentity(identity: ProcessIdentity): string {
  return [identity.machine, identity.boot, identity.pid, identity.startedAt].join(".");
}

/** Reads what {@link formatIdentity} wrote; null when it is something else. */
export function parseIdentity(text: string): ProcessIdentity | null {
  const [machine, boot, pid, startedAt, ...rest] = text.split(".");
  if (!machine || boot === undefined || !pid || !startedAt || rest.length > 0) return null;
  if (!/^\d+$/.test(pid)) return null;
  return { machine, boot, pid: Number(pid), startedAt };
}

/**
 * What became of `owner`.
 *
 * @param here this process, for the machine and boot that can be judged from here.
 * @param startOf when the process with a number started, null when there is none.
 */
export function ownerState(
  owner: ProcessIdentity,
  here: ProcessIdentity,
  startOf: (pid: number) => string | null,
): OwnerState {
  if (owner.machine !== here.machine) return "elsewhere";
  if (owner.boot !== here.boot) return "dead";
  return startOf(owner.pid) === owner.startedAt ? "alive" : "dead";
}
