import type { FleetState, HostState } from "../observe/host-state.ts";
import type { HostBoot } from "../plan/boot.ts";
import type { Scope } from "./scope.ts";

/**
 * What a command boots on each of its targets that was reached, in the targets' order, with their
 * chosen roles only.
 *
 * @param bootOf what a host is to run; null: nothing
 */
export function bootsIn(
  scope: Scope,
  states: FleetState,
  bootOf: (state: HostState) => HostBoot | null,
): HostBoot[] {
  return scope.targets.flatMap(({ host, roles }) => {
    const state = states.find((one) => one.host === host);
    const boot = state === undefined ? null : bootOf(state);
    return boot === null ? [] : [{ ...boot, about: roles.map(({ name }) => name) }];
  });
}
