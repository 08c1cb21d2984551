import type { HostileKind } from "./kinds.ts";

/** What the proxy may hold with connections of a kind, in MB: a share of its own, and one for each. */
interface Bound {
  ownMb: number;
  perConnectionKb: number;
}

/** The proxy's own bounds: 110 MB with a few good clients, 15 KB for each connection that nothing moves on. */
const resting: Bound = { ownMb: 110, perConnectionKb: 15 };
/**
 * Where bytes move, pieces of 64 KB that are done with lie about until they are collected, however many
 * connections they came over (measured: 90 MB of them with 80 slow readers, 100 MB with 300), and three
 * may be on their way on each. What is on offer is ten thousand times as much.
 */
const moving: Bound = { ownMb: 110 + 128, perConnectionKb: 3 * 64 };

const bounds: Record<HostileKind, Bound> = {
  "slow heads": resting,
  "idle connections": resting,
  "slow readers": moving,
  "header floods": moving,
};

/** What the proxy may hold at the most, in MB. */
export function memoryBoundMb(kind: HostileKind, connections: number): number {
  const { ownMb, perConnectionKb } = bounds[kind];
  return Math.ceil(ownMb + (connections * perConnectionKb) / 1_024);
}
