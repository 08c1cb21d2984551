import type { HostState } from "../observe/host-state.ts";
import { releaseOfCandidate } from "../plan/candidate.ts";
import type { Step } from "../plan/step.ts";
import type { Journal, JournalHead } from "./entry.ts";

/** What one run has left unfinished, and what is to become of it. */
export interface Leftover {
  head: JournalHead;
  /** `finish`: every host serves its release. `undo`: not every one does, and none will by itself. */
  verdict: "finish" | "undo";
  /** The hosts where it may have left something, with what it planned there. */
  hosts: { host: string; journal: Journal }[];
}

/**
 * Decides for each run that left a journal what is to become of it, from what it planned and what the
 * hosts serve now. It is what the run itself would have done had it lived: once every host has
 * switched it finishes; before that it takes everything back. The latest run comes first.
 */
export function decideLeftovers(
  states: readonly HostState[],
  journals: ReadonlyMap<string, readonly Journal[]>,
): Leftover[] {
  const all = [...journals].flatMap(([host, of]) => of.map((journal) => ({ host, journal })));
  return [...Map.groupBy(all, ({ journal }) => journal.head.run).values()]
    .flatMap((hosts): Leftover[] => {
      const head = hosts[0]?.journal.head;
      if (head === undefined) return [];
      const about = states.filter(({ host }) => head.hosts.includes(host));
      return [{ head, verdict: verdictOn(head, hosts, about), hosts }];
    })
    .toSorted((a, b) => b.head.startedAt - a.head.startedAt);
}

function verdictOn(
  head: JournalHead,
  hosts: Leftover["hosts"],
  about: readonly HostState[],
): Leftover["verdict"] {
  const toSwitch = new Set(
    hosts.flatMap(({ host, journal }) =>
      plannedSteps(journal).some(({ kind }) => kind === "switch") ? [host] : [],
    ),
  );
  const switched =
    toSwitch.size > 0
      ? about
          .filter((state) => toSwitch.has(state.host) || isBehindProxy(state))
          .every((state) => serves(state, head.release))
      : hosts.some(({ journal }) => beganLastPhases(journal));
  return switched ? "finish" : "undo";
}

/** Whether the host's proxy has anything of this app, now or by the last note. */
function isBehindProxy({ proxy, active }: HostState): boolean {
  return active !== null || (proxy.services ?? []).length > 0;
}

/** Whether the release's containers are where requests go. */
function serves({ proxy, active, containers }: HostState, release: string): boolean {
  const own = new Set(containers.map(({ id }) => id.slice(0, SHORT_ID)));
  const known = (proxy.services ?? []).filter(({ targets }) =>
    targets.some((target) => own.has(target.split(":")[0] ?? "")),
  );
  // A proxy that does not answer, or has lost its state, cannot be asked: the note has to do.
  if (known.length === 0) return active?.release === release;
  return known.every(({ candidate }) => candidate !== null && releaseOfCandidate(candidate) === release);
}

/** Docker's short form of an id, by which the proxy knows its targets. */
const SHORT_ID = 12;

/** Where there is nothing to switch, the run had done its part once it began what cannot be taken back. */
function beganLastPhases({ head, marks }: Journal): boolean {
  const last = new Set<string>(
    head.phases.flatMap(({ name, onFailure }) => (onFailure === "report" ? [name] : [])),
  );
  return marks.some((one) => one.mark === "phase" && last.has(one.phase));
}

/** The steps that finish a run on a host: those whose failure takes nothing back. Pruning is the next run's. */
export function finishingSteps({ head }: Journal): Step[] {
  return stepsOf(head.phases.filter(({ name, onFailure }) => onFailure === "report" && name !== "prune"));
}

/**
 * The steps that a run may have begun on a host and that can be taken back, in the order of the plan.
 * Which were begun is seen from what is there: a name may still be that of the container before.
 *
 * @returns null where the proxy may serve what would be taken away, and cannot be asked
 */
export function undoableSteps({ head, marks }: Journal, state: HostState): Step[] | null {
  const steps = stepsOf(head.phases.filter(({ onFailure }) => onFailure === "undo"));
  const begun = marks.some((one) => one.mark === "phase" && one.phase === "switch");
  const asked = state.proxy.services !== null || state.proxy.container === "missing";
  if (begun && !asked && steps.some(({ kind }) => kind === "switch")) return null;
  return steps.filter((step) => wasBegun(step, head, state));
}

function wasBegun(step: Step, { release }: JournalHead, { containers, takenNames }: HostState): boolean {
  if (step.kind === "free-name") return takenNames.includes(step.newName);
  if (step.kind === "keep-container") return false;
  if (step.kind !== "start-container") return true;
  return containers.some((container) => container.name === step.name && container.release === release);
}

function plannedSteps({ head }: Journal): Step[] {
  return stepsOf(head.phases);
}

function stepsOf(phases: JournalHead["phases"]): Step[] {
  return phases.flatMap(({ lanes }) => lanes.flatMap(({ steps }) => steps));
}
