import type { HostAddress } from "../address.ts";

/** The way to a host. Plain data. */
export interface Route {
  /** The hosts that are passed, in order; the last one is the one that is meant. */
  hops: Hop[];
  /** A command whose standard input and output reach the first hop; null: a TCP connection does. */
  proxyCommand: string | null;
}

/** A host on the way. */
export interface Hop {
  /** As somebody wrote it: what `deploy trust` is given. */
  name: string;
  address: HostAddress;
  keys: KeySources;
  /** Further known_hosts files; absolute. */
  knownHostsFiles: string[];
  /** What ssh_config asks for and is not done, a line each, for whoever cannot get in. */
  unused: string[];
}

/** Where the keys for a hop come from. */
export interface KeySources {
  /** Files in the order to try, absolute; empty: the usual ones. */
  files: string[];
  /** Nothing but those files, not whatever else the agent holds. */
  only: boolean;
  /** The agent's socket; null: no agent. */
  agentSocket: string | null;
}
