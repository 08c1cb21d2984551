import type { FleetState } from "../observe/host-state.ts";
import type { HostBoot } from "./boot.ts";
import { activeRecord } from "./decide.ts";
import { driftOf } from "./drift.ts";

/**
 * What proxies have to be told anew: on each host the roles of the release that serves there whose
 * container runs, while its proxy sends their requests elsewhere or nowhere.
 *
 * @param mark digits that were never used before, since a proxy may know the release's name already
 */
export function unrouted(states: FleetState, mark: string): HostBoot[] {
  return states.flatMap((state): HostBoot[] => {
    const record = activeRecord(state);
    if (record === null) return [];
    const drift = driftOf(state, record, { version: "", options: null });
    const roles = drift.flatMap((one) => (one.kind === "not-routed" ? [one.role] : []));
    return roles.length === 0 ? [] : [{ state, record, only: roles, about: roles, mark }];
  });
}
