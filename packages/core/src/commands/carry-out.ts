import { setTimeout } from "node:timers/promises";
import type { Fleet } from "../hosts/fleet.ts";
import type { Lock } from "../lock/held-lock.ts";
import type { NewNames } from "../plan/boot.ts";
import type { Plan } from "../plan/plan.ts";
import { runPlan } from "../run/run-plan.ts";
import type { DeployEventBody, Surroundings } from "../steps/act.ts";
import { Memory } from "../steps/memory.ts";
import type { Telling } from "./as-command.ts";
import type { CommandContext, Random } from "./context.ts";
import type { Project } from "./project.ts";

/** What a plan needs that is too secret to be in it. */
export type BesidePlan = Pick<Surroundings, "login" | "environment" | "certificate">;

/** Runs a plan under its lock, and returns what was found out. */
export async function carryOut(
  plan: Plan,
  fleet: Fleet,
  lock: Lock,
  beside: BesidePlan,
  context: CommandContext,
  project: Project,
  telling: Telling,
): Promise<Memory> {
  const memory = new Memory();
  const emit = (event: DeployEventBody) => {
    if (event.type === "phase.started") lock.atStep(event.title);
    telling.emit(event);
  };
  await runPlan(plan, {
    fleet,
    memory,
    emit,
    clock: context.clock,
    pause: (ms, signal) => setTimeout(ms, undefined, { signal }),
    signal: AbortSignal.any([context.signal, lock.lost]),
    around: {
      ...beside,
      folders: project.folders,
      proxyImageArchive: context.proxyImageArchive,
      fence: (host) => lock.fence(host),
      random: context.random,
      now: () => context.clock.now(),
    },
  });
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
