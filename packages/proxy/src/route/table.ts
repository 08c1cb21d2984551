import { routingHost, wildcardOf } from "./host.ts";
import { isUnder } from "./prefix.ts";

/** One way to a service: what it is claimed by, and what it leads to. */
export interface Route<T> {
  prefix: string;
  to: T;
}

/** A host and prefix that a service claims. The host `""` is every host that no route claims. */
export interface Claim {
  hosts: readonly string[];
  pathPrefixes: readonly string[];
}

/** Whether two claims are of the same routes, written in the same order. */
export function isSameClaim(one: Claim, other: Claim): boolean {
  return (
    one === other || (isSameList(one.hosts, other.hosts) && isSameList(one.pathPrefixes, other.pathPrefixes))
  );
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

/** A claim that is another's already. */
export interface Conflict<T> {
  host: string;
  prefix: string;
  owner: T;
}

/**
 * Finds what a request's host and path lead to. Never changed once made: a new table takes the
 * place of an old one in a single assignment, so no request ever sees half a change.
 */
export class RouteTable<T> {
  readonly #byHost: Map<string, Route<T>[]>;

  private constructor(byHost: Map<string, Route<T>[]>) {
    this.#byHost = byHost;
  }

  /**
   * @throws Error when two of the claims overlap; ask {@link conflictWith} before
   */
  static of<T>(entries: Iterable<readonly [T, Claim]>): RouteTable<T> {
    const byHost = new Map<string, Route<T>[]>();
    for (const [to, claim] of entries) {
      for (const [host, prefix] of pairsOf(claim)) {
        const routes = byHost.get(host) ?? [];
        byHost.set(host, routes);
        if (routes.some((route) => route.prefix === prefix)) {
          throw new Error(`the route ${host || "(default)"}${prefix} is claimed twice`);
        }
        routes.push({ prefix, to });
      }
    }
    for (const routes of byHost.values()) routes.sort((a, b) => b.prefix.length - a.prefix.length);
    return new RouteTable(byHost);
  }

  /**
   * The route of a request: by exact host, else by wildcard, else the default; among those of a
   * host, the longest prefix. A host whose prefixes don't match falls through to the next kind.
   *
   * @param authority in lower case, with or without port
   * @param path with or without its query
   */
  find(authority: string, path: string): Route<T> | null {
    const host = routingHost(authority);
    const exact = this.#findUnder(host, path);
    if (exact !== null) return exact;
    const wildcard = wildcardOf(host);
    const wild = wildcard === null ? null : this.#findUnder(wildcard, path);
    return wild ?? this.#findUnder("", path);
  }

  /** The first route of a claim that leads elsewhere than to `to`. */
  conflictWith(to: T, claim: Claim): Conflict<T> | null {
    for (const [host, prefix] of pairsOf(claim)) {
      const taken = this.#byHost.get(host)?.find((route) => route.prefix === prefix);
      if (taken !== undefined && taken.to !== to) return { host, prefix, owner: taken.to };
    }
    return null;
  }

  #findUnder(host: string, path: string): Route<T> | null {
    const routes = this.#byHost.get(host);
    if (routes === undefined) return null;
    for (const route of routes) if (isUnder(path, route.prefix)) return route;
    return null;
  }
}

function* pairsOf(claim: Claim): Generator<[host: string, prefix: string]> {
  for (const host of claim.hosts.length === 0 ? [""] : new Set(claim.hosts)) {
    for (const prefix of new Set(claim.pathPrefixes)) yield [host, prefix];
  }
}
