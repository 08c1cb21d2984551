/** Hosts that could not be reached when others got a release. Kept on the service's primary host. */
export interface LeftBehind {
  schemaVersion: 1;
  hosts: LeftHost[];
}

/** A host that serves an older release than the others, or nothing. */
export interface LeftHost {
  host: string;
  /** Milliseconds since the epoch: when it was first left behind. */
  since: number;
  /** In a sentence. */
  cause: string;
}

/** What a deploy found out about hosts that are or were left behind. */
export interface Reaching {
  /** Targets that could not be reached. */
  left: { host: string; cause: string }[];
  /** Hosts that get the release whole. */
  reached: readonly string[];
  /** The hosts of the configuration. A host that is none of them any more is forgotten. */
  appHosts: readonly string[];
  /** Milliseconds since the epoch. */
  at: number;
}

/** The note after a deploy; null where it stays as it is. */
export function nextLeftBehind(before: readonly LeftHost[], found: Reaching): LeftBehind | null {
  const { left, reached, appHosts, at } = found;
  const still = before.filter(
    ({ host }) =>
      appHosts.includes(host) && !reached.includes(host) && !left.some((one) => one.host === host),
  );
  const now = left.map(({ host, cause }): LeftHost => {
    const since = before.find((one) => one.host === host)?.since ?? at;
    return { host, since, cause };
  });
  const hosts = [...still, ...now];
  const same = hosts.length === before.length && now.length === 0;
  return same ? null : { schemaVersion: 1, hosts };
}
