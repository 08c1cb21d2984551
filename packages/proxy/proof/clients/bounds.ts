import type { HostileKind } from "./kinds.ts";

/** As it is, with a few good clients: the proxy's own bound. */
const baseMb = 110;
/** For each connection that nothing moves on, in KB: the proxy's own bound, too. */
const restingKb = 15;
/**
 * For each connection that bytes move on: what Node reads at a time is 64 KB, of which a few pieces may
 * be on their way and a few more not yet collected. What is on offer is a thousand times as much.
 */
const movingKb = 1_024;

const perConnectionKb: Record<HostileKind, number> = {
  "slow heads": restingKb,
  "idle connections": restingKb,
  "slow readers": movingKb,
  "header floods": movingKb,
};

/** What the proxy may hold at the most, in MB. */
export function memoryBoundMb(kind: HostileKind, connections: number): number {
  return Math.ceil(baseMb + (connections * perConnectionKb[kind]) / 1_024);
}
