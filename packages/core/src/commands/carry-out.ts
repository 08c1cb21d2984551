import { setTimeout } from "node:timers/promises";
import { localImages } from "../build/local-images.ts";
import type { HostBoot, NewNames } from "../plan/boot.ts";
import type { Plan } from "../plan/plan.ts";
import { runPlan } from "../run/run-plan.ts";
import type { DeployEventBody, Surroundings } from "../steps/act.ts";
import { Memory } from "../steps/memory.ts";
import type { AtWork } from "./at-work.ts";
import { audited } from "./audited.ts";
import type { Random } from "./context.ts";
import { journaled } from "./journaled.ts";

/** What a plan needs that is too secret to be in it. */
export type BesidePlan = Pick<Surroundings, "login" | "environment" | "certificate" | "checksumKey">;

/** Runs a plan under its lock, has each host keep what came of it, and returns what was found out. */
export async function carryOut(
  plan: Plan,
  { boots, beside }: { boots: readonly HostBoot[]; beside: BesidePlan },
  at: AtWork,
): Promise<Memory> {
  const { fleet, lock, context, project, telling } = at;
  const memory = new Memory();
  const { release } = plan;
  // What is about no release can be asked for again as it was.
  const journal = release === null ? null : await journaled({ ...plan, release }, at);
  const emit = (event: DeployEventBody) => {
    if (event.type === "phase.started") lock.atStep(event.title);
    journal?.event(event);
    telling.emit(event);
  };
  const run = {
    fleet,
    memory,
    emit,
    clock: context.clock,
    pause: (ms: number, signal: AbortSignal) => setTimeout(ms, undefined, { signal }),
    signal: AbortSignal.any([context.signal, lock.lost]),
    confirmLock: () => lock.confirm(),
    around: {
      ...beside,
      folders: project.folders,
      proxyImageArchive: context.proxyImageArchive,
      localImages: localImages(context),
      fence: (host: string) => lock.fence(host),
      random: context.random,
      now: () => context.clock.now(),
    },
  };
  if (release === null || journal === null) await runPlan(plan, run);
  else {
    const work = () => journal.over(() => runPlan(plan, run));
    await audited(work, { release, boots, memory }, at);
  }
  return memory;
}

/** New names for containers whose name is needed: asked twice about one container, the same answer. */
export function newNames(random: Random): NewNames {
  const given = new Map<string, string>();
  return (host, name) => {
    const key = `${host} ${name}`;
    const newName = given.get(key) ?? `${name}_replaced_${random.hex(8)}`;
    given.set(key, newName);
    return newName;
  };
}
