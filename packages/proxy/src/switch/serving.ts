import type { Release } from "../control/settings.ts";
import { openTraffic, type Traffic } from "../hold/traffic.ts";

/** A switch as it is kept on disk: from which release to which, and when. */
export interface SwitchRecord {
  id: string;
  from: string | null;
  to: string | null;
  at: number;
}

/**
 * What a service serves with, as it is kept on disk. `switches` counts the switches made so far
 * and names the next one.
 */
export interface Serving {
  service: string;
  switches: number;
  active: Release | null;
  /** A revert away, while its containers live. */
  previous: Release | null;
  /** The switch that made `active` active. */
  lastSwitch: SwitchRecord | null;
  traffic: Traffic;
}

export function notServing(service: string): Serving {
  return { service, switches: 0, active: null, previous: null, lastSwitch: null, traffic: openTraffic };
}

/** The candidate serves; what served before is kept for a revert. */
export function afterCommit(serving: Serving, release: Release, at: number): Serving {
  return afterSwitch(serving, release, at);
}

/**
 * What served before serves again, and what was reverted stays a revert away. After the first
 * switch of all nothing served before, and nothing does then.
 */
export function afterRevert(serving: Serving, at: number): Serving {
  return afterSwitch(serving, serving.previous, at);
}

/** The containers of what served before are gone. */
export function afterDrop(serving: Serving): Serving {
  return { ...serving, previous: null };
}

function afterSwitch(serving: Serving, active: Release | null, at: number): Serving {
  const switches = serving.switches + 1;
  const from = serving.active?.candidate ?? null;
  const lastSwitch = { id: `s${switches}`, from, to: active?.candidate ?? null, at };
  return { ...serving, switches, active, previous: serving.active, lastSwitch };
}
