import { DeployError } from "../errors/index.ts";

/**
 * Prints what of a host's files a look needs, as names and values, each ended by a NUL: one round
 * trip where SFTP would take five for every file. Its argument is the app's folder.
 */
export const LOOK_SCRIPT = `
folder=$1
say() { printf '%s\\0%s\\0' "$1" "$2"; }
file() { if [ -f "$2" ]; then printf '%s\\0' "$1"; cat "$2"; printf '\\0'; fi; }
say home "$(pwd)"
say time "$(date +%s.%N)"
for part in "\${folder%/apps/*}" "$folder"; do
  if [ -e "$part" ] && [ ! -x "$part" ]; then say denied "$part"; fi
done
file uptime /proc/uptime
file boot /proc/sys/kernel/random/boot_id
file active "$folder/active.json"
file key "$folder/checksum.key"
for record in "$folder"/releases/*/record.json; do file record "$record"; done
for lock in "$folder"/locks/*.json; do file "lock:\${lock##*/}" "$lock"; done
for journal in "$folder"/journals/*.jsonl; do if [ -f "$journal" ]; then say unfinished "\${journal##*/}"; fi; done
for file in "$folder"/.[0-9a-f]* "$folder"/journals/.[0-9a-f]* "$folder"/releases/*/.[0-9a-f]*; do
  if [ -f "$file" ]; then say temporary "\${file#"$folder"/}"; fi
done
say disks "$(df -Pk / /var/lib/docker /var/lib/containerd 2>/dev/null)"
`;

/** What the script found, as text. Null where there is no such file. */
export interface LookAnswer {
  /** The folder that the SSH user is in after the login; absolute. */
  home: string;
  /** The host's wall clock, in milliseconds since the epoch. */
  timeMs: number;
  /** `/proc/uptime` and the boot's id: the host's monotonic clock. */
  uptime: string;
  bootId: string;
  active: string | null;
  checksumKey: string | null;
  records: string[];
  /** The locks' files by name, such as `17.json`. */
  locks: ReadonlyMap<string, string>;
  /** The files of journals, which runs that did not end leave. */
  unfinished: string[];
  /**
   * Files that were to be renamed once they are whole; paths within the app's folder. Those of locks are
   * not looked for: one may be a renewal under way, and whoever lets go of a later lock removes them.
   */
  temporaries: string[];
  /** What `df -Pk` printed. */
  disks: string;
}

/**
 * Reads what {@link LOOK_SCRIPT} printed.
 *
 * @throws DeployError HOST_AUTHENTICATION when the SSH user may not read the app's folder
 */
export function parseLook(output: string): LookAnswer {
  const parts = output.split("\0");
  const pairs = parts.flatMap((name, index): [string, string][] =>
    index % 2 === 0 && index + 1 < parts.length ? [[name, parts[index + 1] ?? ""]] : [],
  );
  const only = (name: string) => pairs.find(([found]) => found === name)?.[1] ?? null;
  const denied = only("denied");
  if (denied !== null)
    throw new DeployError("HOST_AUTHENTICATION", {
      cause: `the SSH user may not read our state in ${denied}`,
      hint: "put the user into the group docker there: usermod -aG docker USER",
    });
  return {
    home: only("home") ?? "/",
    // A date without nanoseconds prints their letter, which the number ends before.
    timeMs: Math.round(Number.parseFloat(only("time") ?? "") * 1000),
    uptime: only("uptime") ?? "",
    bootId: (only("boot") ?? "").trim(),
    active: only("active"),
    checksumKey: only("key")?.trim() ?? null,
    records: pairs.flatMap(([name, text]) => (name === "record" ? [text] : [])),
    locks: new Map(
      pairs.flatMap(([name, text]): [string, string][] =>
        name.startsWith("lock:") ? [[name.slice("lock:".length), text]] : [],
      ),
    ),
    unfinished: pairs.flatMap(([name, text]) => (name === "unfinished" ? [text] : [])),
    temporaries: pairs.flatMap(([name, text]) => (name === "temporary" ? [text] : [])),
    disks: only("disks") ?? "",
  };
}
