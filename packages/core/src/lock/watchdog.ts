import type { Attendant } from "../hosts/attendant.ts";
import type { HostMoment } from "./record.ts";

/**
 * Runs on the host beside everything we do there, and ends our SSH session when the lease it was last
 * told of is over. With it end all channels: a client that was frozen and thaws can do nothing, of
 * which Docker, which asks for no fencing number, would know nothing.
 *
 * It is told the lease's end as seconds of the host's uptime. `read -t` is not in every sh, so that
 * `timeout` limits the reading; the inner sh reads byte by byte and so never too much.
 */
export const WATCHDOG_SCRIPT = inOneLine(`
  command -v timeout >/dev/null || { echo unwatched; exit 0; };
  echo watching;
  end=$1;
  while :; do
    read -r up rest </proc/uptime;
    left=$((end - \${up%%.*}));
    [ "$left" -gt 0 ] || break;
    if told=$(timeout "$left" sh -c "IFS= read -r line && echo \\"\\$line\\""); then
      end=$told;
    else
      read -r up rest </proc/uptime;
      [ "\${up%%.*}" -ge "$end" ] && break;
      exit 0;
    fi;
  done;
  kill "$PPID";
  sleep 1;
  kill -9 "$PPID" 2>/dev/null
`);

/** Not every login shell takes several lines in quotes. */
function inOneLine(script: string): string {
  return script.trim().replaceAll(/\s*\n\s*/g, " ");
}

/** The script counts whole seconds, and one more is for the time that the end of a session takes. */
const MARGIN_S = 2;

/** Starts a script on a host; see `Host.attendant`. */
export type StartAttendant = (text: string, args: readonly string[]) => Promise<Attendant>;

/** Watches over one connection for as long as its lock is held. */
export class Watchdog {
  readonly #attendant: Attendant;

  private constructor(attendant: Attendant) {
    this.#attendant = attendant;
  }

  /** @returns null where the host has nothing to make one of */
  static async start(start: StartAttendant, leaseUntil: HostMoment): Promise<Watchdog | null> {
    const attendant = await start(WATCHDOG_SCRIPT, [endOf(leaseUntil)]);
    if (await attendant.says("watching", "unwatched")) return new Watchdog(attendant);
    attendant.dismiss();
    return null;
  }

  /** Tells it that the lease was renewed. */
  renewed(leaseUntil: HostMoment): void {
    this.#attendant.tell(endOf(leaseUntil));
  }

  /** Sends it home: the session goes on without it. */
  dismiss(): void {
    this.#attendant.dismiss();
  }
}

function endOf({ uptimeMs }: HostMoment): string {
  return String(Math.max(0, Math.floor(uptimeMs / 1000) - MARGIN_S));
}
