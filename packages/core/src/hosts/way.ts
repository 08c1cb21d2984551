import type { HostAddress } from "./address.ts";
import type { Identities } from "./ssh/identities.ts";
import type { KnownHost } from "./ssh/known-hosts.ts";

/** A hop with all that is needed to log in there. */
export interface Stage {
  /** What `deploy trust` is given. */
  name: string;
  address: HostAddress;
  identities: Identities;
  knownHosts: readonly KnownHost[];
  /** What ssh_config asks for and is not done. */
  unused: readonly string[];
}

/** The way to a host, ready to be gone. */
export interface Way {
  /** The host that is meant is the last one. */
  stages: readonly Stage[];
  /** Reaches the first one; null: a TCP connection does. */
  proxyCommand: string | null;
}

/** The host that a way leads to. */
export function hostAtTheEnd(way: Way): Stage {
  const stage = way.stages.at(-1);
  if (stage === undefined) throw new RangeError("a way without a host was let through");
  return stage;
}
