import type { HostState } from "../observe/host-state.ts";
import { asRelease } from "../release/as-release.ts";
import type { ReleaseRecord } from "../release/record.ts";
import type { HostBoot } from "./boot.ts";
import { type Change, changesBetween } from "./changes.ts";
import { type Drift, driftOf, isLeftAlone, isUnwell, type ProxyExpected, rolesToBoot } from "./drift.ts";

/** What would happen on a host, and why. Plain data without a secret. */
export interface HostDecision {
  host: string;
  /**
   * `boot`: a release boots there. `repair`: what serves there is put right. `nothing`: it is as it
   * should be.
   */
  action: "boot" | "repair" | "nothing";
  /** In what the wanted release differs from what serves there. */
  changes: Change[];
  /** In what the host is not as its last deploy left it. */
  drift: Drift[];
}

/** What a deploy comes to. */
export interface Decision {
  /** The release that serves on every host afterwards: a new one, or the one that is there. */
  release: string;
  hosts: HostDecision[];
  /** What is wanted on each host, under the new id. */
  wanted: ReadonlyMap<string, ReleaseRecord>;
  /** Those of the hosts on which something is to be done. */
  boots: HostBoot[];
}

/** What a decision is made from. */
export interface DecisionInput {
  /** Each host with the release as it would be recorded there, under its new id. */
  wanted: readonly { state: HostState; record: ReleaseRecord }[];
  /** By host. */
  proxy(host: string): ProxyExpected;
  /** Whether everything boots anew, whatever is there. */
  anew: boolean;
  /** Digits that were never used before, to tell a container that is made anew from the lost one. */
  mark: string;
}

/**
 * Compares what is wanted with what there is. Where a release that serves is just what is wanted, it
 * stays: hosts on which it is as it should be are left alone, the others are brought to it. Where
 * none is, all hosts get a new one.
 */
export function decide(input: DecisionInput): Decision {
  const looked = input.wanted.map(({ state, record }) => {
    const active = activeRecord(state);
    const drift = active === null ? [] : driftOf(state, active, input.proxy(state.host));
    return { state, record, active, drift, changes: changesBetween(active, record) };
  });
  const settled = input.anew ? null : settledRelease(looked);
  const hosts = looked.map(({ state, active, drift, changes }): HostDecision => {
    const stays = settled !== null && active?.release === settled;
    const action = !stays ? "boot" : drift.every(isLeftAlone) ? "nothing" : "repair";
    return { host: state.host, action, changes, drift };
  });
  const boots = looked.flatMap(({ state, record, drift }, index): HostBoot[] => {
    const action = hosts[index]?.action;
    if (action === "nothing") return [];
    if (settled === null) return [{ state, record }];
    const booted = recordOf(state, settled) ?? asRelease(record, settled);
    const only = action === "repair" ? { only: rolesToBoot(drift, booted) } : {};
    return [{ state, record: booted, mark: input.mark, ...only }];
  });
  const wanted = new Map(input.wanted.map(({ state, record }) => [state.host, record]));
  return { release: settled ?? input.wanted[0]?.record.release ?? "", hosts, wanted, boots };
}

interface Looked {
  state: HostState;
  record: ReleaseRecord;
  active: ReleaseRecord | null;
  drift: Drift[];
  changes: Change[];
}

/** The release that serves somewhere and is what is wanted, on whichever host it is known; null: none. */
function settledRelease(looked: readonly Looked[]): string | null {
  const serving = looked.find(({ active, changes }) => active !== null && changes.length === 0);
  const release = serving?.active?.release;
  if (release === undefined) return null;
  const fits = looked.every(({ state, record }) => {
    const known = recordOf(state, release);
    return known === null || changesBetween(known, record).length === 0;
  });
  return fits && !looked.some(({ drift }) => drift.some(isUnwell)) ? release : null;
}

/** The record of the release that serves on a host; null where none serves, or it is not known. */
export function activeRecord(state: HostState): ReleaseRecord | null {
  return state.active === null ? null : recordOf(state, state.active.release);
}

function recordOf(state: HostState, release: string): ReleaseRecord | null {
  return state.records.find((record) => record.release === release) ?? null;
}
