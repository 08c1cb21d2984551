import type { HostState } from "../observe/host-state.ts";
import { releaseOfCandidate } from "../plan/candidate.ts";
import type { Step } from "../plan/step.ts";
import { Memory } from "../steps/memory.ts";

/** What a proxy says of a service: the release that it serves, and by which switch. */
export interface SwitchSeen {
  host: string;
  service: string;
  candidate: string | null;
  switch: string | null;
}

/**
 * What a run that died knew, as far as it can be seen: the containers that it made, the switches that it
 * made and that can be reverted, the workers that it stopped. Steps are then taken back as by the run
 * itself; of what is not remembered nothing is taken back.
 */
export function remembered(
  steps: readonly { host: string; step: Step }[],
  states: readonly HostState[],
  switches: readonly SwitchSeen[],
): Memory {
  const memory = new Memory();
  for (const { host, step } of steps) {
    const state = states.find((one) => one.host === host);
    if (state === undefined) continue;
    if (step.kind === "create-container") {
      const made = state.containers.find(
        ({ name, release }) => name === step.name && release === step.release,
      );
      if (made !== undefined) memory.madeContainer(host, step.name, made.id);
    }
    if (step.kind === "switch") {
      const seen = switches.find((one) => one.host === host && one.service === step.service);
      if (seen?.candidate === step.candidate && seen.switch !== null)
        memory.madeSwitch({
          host,
          service: step.service,
          switch: seen.switch,
          at: 0,
          previous: null,
          sentAt: 0,
          answeredAt: 0,
          reverted: false,
        });
    }
    if (step.kind === "stop-container" && step.service === null) {
      const restart = policyOf(state, step.name, releaseOfCandidate(step.candidate));
      if (restart !== null) memory.stopping(host, step.name, restart);
    }
  }
  return memory;
}

/** The restart policy that a container was recorded with. */
function policyOf({ containers, records }: HostState, name: string, release: string) {
  const container = containers.find((one) => one.name === name);
  const record = records.find((one) => one.release === release);
  return record?.roles.find(({ role }) => role === container?.role)?.restart ?? null;
}
