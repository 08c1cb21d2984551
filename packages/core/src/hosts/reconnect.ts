import { setTimeout } from "node:timers/promises";
import { DeployError } from "../errors/index.ts";

/** Between two tries, in milliseconds: a refused connection is refused at once. */
const PAUSE_MS = 250;

/** What a host far away needs. */
const SHORTEST_TRY_MS = 500;

/** How time passes while a host is away. */
export interface Pace {
  /** Milliseconds since some moment that stays the same. */
  elapsed(): number;
  /** @throws the signal's reason when it is aborted meanwhile */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

const realPace: Pace = {
  elapsed: () => performance.now(),
  pause: (ms, signal) => setTimeout(ms, undefined, { signal }),
};

/**
 * Connects again and again until it works or the time is over. What time cannot mend, such as another
 * host key, ends it at once.
 *
 * @param limitMs for all tries together
 * @param signal aborted when nobody needs the connection any more
 * @param connect given how long the connect may take, and then again the handshake
 * @throws DeployError HOST_UNREACHABLE or DOCKER_UNAVAILABLE with the last try's cause; or whatever time cannot mend
 */
export async function connectAgain<T>(
  host: string,
  limitMs: number,
  signal: AbortSignal,
  connect: (timeoutMs: number) => Promise<T>,
  pace: Pace = realPace,
): Promise<T> {
  const deadline = pace.elapsed() + limitMs;
  let last: DeployError | null = null;
  for (;;) {
    const left = deadline - pace.elapsed();
    if (left <= 0) throw givenUp(host, limitMs, last);
    try {
      return await connect(Math.max(left / 2, SHORTEST_TRY_MS));
    } catch (error) {
      // Docker and sshd may be coming up again, one after the other.
      const mendable = error instanceof DeployError && MENDABLE.has(error.code);
      if (!mendable) throw error;
      last = error;
    }
    await pace.pause(PAUSE_MS, signal);
  }
}

const MENDABLE: ReadonlySet<string> = new Set(["HOST_UNREACHABLE", "DOCKER_UNAVAILABLE"]);

function givenUp(host: string, limitMs: number, last: DeployError | null): DeployError {
  const docker = last?.code === "DOCKER_UNAVAILABLE";
  const what = docker ? `Docker on ${host} went away` : `the connection to ${host} broke off`;
  const cause =
    last === null
      ? `${what}; it was not tried again (ssh.reconnect is 0)`
      : `${what} and could not be had again within ${limitMs / 1000} s: ${last.facts.cause}`;
  return new DeployError(docker ? "DOCKER_UNAVAILABLE" : "HOST_UNREACHABLE", {
    cause,
    host,
    hint: `once it answers (ssh ${host} ${docker ? "docker version" : "true"}), deploy again: that clears up what is left there`,
  });
}
