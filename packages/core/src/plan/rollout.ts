import type { Config } from "../config/config.ts";

/** In which order hosts are booted and switched. */
export interface Rollout {
  /**
   * `atomic`: every host is ready before the first one switches, and all switch in one burst.
   * `batches`: some hosts at a time, each group booted, gated, switched and drained before the next.
   */
  strategy: "atomic" | "batches";
  /** Hosts that boot at a time, at least 1; null: all of them. */
  hostsAtATime: number | null;
  /** The pause between groups, in milliseconds. */
  waitMs: number;
  /** How long each group is watched after its switch, in milliseconds; 0: not at all. */
  bakeMs: number;
  /** Whether roles of one host boot side by side. */
  parallelRoles: boolean;
  /** The role whose containers have to pass their gate before any other boots. */
  primaryRole: string;
}

/**
 * What the configuration says of it. A percentage is of all hosts, those with accessories only
 * included, rounded down, and never less than one host: as Kamal counts.
 */
export function rolloutOf({ boot, bakeMs, hosts, primaryRole }: Config): Rollout {
  const { strategy, limit, waitMs, parallelRoles } = boot;
  const hostsAtATime = hostsOf(limit, hosts.length);
  return { strategy, hostsAtATime, waitMs, bakeMs, parallelRoles, primaryRole };
}

function hostsOf(limit: Config["boot"]["limit"], hosts: number): number | null {
  if (limit === null) return null;
  return "hosts" in limit ? limit.hosts : Math.max(1, Math.floor((hosts * limit.percent) / 100));
}

/** Items in groups of that many, in their order. */
export function inGroups<T>(items: readonly T[], size: number | null): T[][] {
  const step = size ?? items.length;
  const groups: T[][] = [];
  for (let at = 0; at < items.length; at += step) groups.push(items.slice(at, at + step));
  return groups;
}

/**
 * The members of groups that are handed over while the plan can still be taken back: those before
 * the last one, and where they are watched all of them.
 */
export function handedOver<T>({ strategy, bakeMs }: Rollout, groups: readonly T[][]): T[] {
  if (bakeMs > 0) return groups.flat();
  return strategy === "batches" ? groups.slice(0, -1).flat() : [];
}
