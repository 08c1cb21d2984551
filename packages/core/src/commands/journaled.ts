import { DeployError } from "../errors/index.ts";
import { JOURNAL_SCHEMA, type JournalHead } from "../journal/entry.ts";
import { JournalWriter, phasesOf } from "../journal/writer.ts";
import type { Plan } from "../plan/plan.ts";
import type { Release } from "../release/release.ts";
import type { DeployEventBody } from "../steps/act.ts";
import type { AtWork } from "./at-work.ts";
import { performer } from "./project.ts";

/** A run's journal, as the run itself sees it. */
export interface Journaled {
  /** Takes each event as it happens, and notes the borders. */
  event(event: DeployEventBody): void;
  /** Does the work, and removes the journal from each host where nothing is left to be done or undone. */
  over<R>(work: () => Promise<R>): Promise<R>;
}

/**
 * Writes down on each host what a plan is about to do there.
 *
 * @throws DeployError where that cannot be written; nothing is changed then
 */
export async function journaled(
  plan: Plan & { release: Release },
  { fleet, lock, context, project: { folders }, telling }: AtWork,
): Promise<Journaled> {
  const { clock, random } = context;
  const hosts = [...new Set(plan.phases.flatMap(({ lanes }) => lanes.map(({ host }) => host)))];
  const common = {
    schemaVersion: JOURNAL_SCHEMA,
    run: `${plan.release.id}-${random.hex(3)}`,
    command: telling.command,
    version: plan.release.version,
    release: plan.release.id,
    by: performer(context),
    startedAt: clock.now(),
    hosts,
  } as const;
  const heads = hosts.map((host): [string, JournalHead] => [
    host,
    { ...common, fence: lock.fence(host), phases: phasesOf(host, plan.phases) },
  ]);
  const writer = await JournalWriter.begin(fleet, folders, new Map(heads), () => random.hex(8));
  /** Hosts on which something could not be taken back. */
  const notUndone = new Set<string>();
  return {
    event(event) {
      if (event.type === "phase.started")
        for (const host of event.hosts.filter((name) => hosts.includes(name)))
          writer.note(host, { mark: "phase", phase: event.phase, title: event.title });
      if (event.type === "step.started" && event.host !== null)
        writer.note(event.host, { mark: "step", step: event.step, title: event.title });
      if (event.type === "step.ended" && event.phase === "undo" && event.host !== null && !event.ok)
        notUndone.add(event.host);
    },
    async over(work) {
      let tidy: string[] = hosts;
      try {
        return await work();
      } catch (error) {
        tidy = leavesNothing(error) ? hosts.filter((host) => !notUndone.has(host)) : [];
        throw error;
      } finally {
        // Where it cannot be removed, the next command looks once more whether anything is left.
        await Promise.allSettled(tidy.map((host) => writer.done(host)));
      }
    },
  };
}

/** Whether a run that failed has taken everything back, but for hosts that are known. */
function leavesNothing(error: unknown): boolean {
  if (!(error instanceof DeployError) || error.code === "LOCK_LOST") return false;
  const { state } = error.facts;
  return state === "unchanged" || state === "not-switched" || state === "reverted";
}
