import { setTimeout } from "node:timers/promises";
import { localImages } from "../build/local-images.ts";
import { DeployError } from "../errors/index.ts";
import { decideLeftovers, finishingSteps, type Leftover, undoableSteps } from "../journal/decide.ts";
import { lastMark } from "../journal/entry.ts";
import { journalsOf } from "../journal/journals.ts";
import { remembered, type SwitchSeen } from "../journal/remember.ts";
import { removeJournal } from "../journal/writer.ts";
import type { FleetState, HostState } from "../observe/host-state.ts";
import type { RunContext } from "../run/run-context.ts";
import { runPlan } from "../run/run-plan.ts";
import { undoAll } from "../run/undo.ts";
import type { DeployEventBody } from "../steps/act.ts";
import { Memory } from "../steps/memory.ts";
import type { AtWork } from "./at-work.ts";
import type { CommandContext } from "./context.ts";

/**
 * Clears up, under the lock, what earlier runs have left that ended without doing so: a client that was
 * killed, a host that was out of reach. What does not work is told and left to the command itself, which
 * sees the hosts as they are.
 *
 * @param states the hosts as they are since the lock is held
 * @returns whether anything was left behind, so that the hosts may be another way now
 * @throws DeployError LOCK_LOST; HOST_UNREACHABLE where a journal cannot be read
 */
export async function recover(
  states: FleetState,
  { fleet, lock, context, project }: AtWork,
): Promise<boolean> {
  if (states.every(({ unfinished }) => unfinished.length === 0)) return false;
  const journals = await journalsOf(fleet, project.folders);
  for (const leftover of decideLeftovers(states, journals)) {
    tell(leftover, context);
    const run = runContext({ fleet, lock, context, project });
    const cleared = await (leftover.verdict === "finish"
      ? finished(leftover, run)
      : undone(leftover, states, run));
    if (cleared)
      await Promise.all(
        leftover.hosts.map(({ host }) => removeJournal(fleet, host, project.folders, leftover.head.run)),
      );
  }
  return true;
}

/** Says who left what, where they stopped, and what is done about it. */
function tell({ head, verdict, hosts }: Leftover, { events, clock }: CommandContext): void {
  const { by, command, version } = head;
  const where = hosts.map(({ host, journal }) => `${host} at "${lastMark(journal) ?? "the start"}"`);
  events({
    at: clock.now(),
    type: "warning",
    host: null,
    message: `${command} of ${version} by ${by} did not end: it stopped on ${where.join(", ")}`,
    hint:
      verdict === "finish"
        ? "its release serves on every host, so what was left is done first"
        : "not every host serves its release, so it is taken back first",
  });
}

/** @returns whether nothing is left */
async function finished({ hosts }: Leftover, run: RunContext): Promise<boolean> {
  const lanes = hosts.map(({ host, journal }) => ({ host, steps: finishingSteps(journal) }));
  const title = "Finish what was left";
  try {
    await runPlan({ release: null, phases: [{ name: "retire", title, onFailure: "report", lanes }] }, run);
    return true;
  } catch (error) {
    return notCleared(error, run);
  }
}

/** @returns whether nothing is left */
async function undone({ hosts }: Leftover, states: readonly HostState[], run: RunContext): Promise<boolean> {
  const found = hosts.map(({ host, journal }) => {
    const state = states.find((one) => one.host === host);
    return { host, steps: state === undefined ? [] : undoableSteps(journal, state) };
  });
  const steps = found.flatMap(({ host, steps }) => (steps ?? []).map((step) => ({ host, step })));
  const switches = await Promise.all(hosts.map(({ host }) => switchesOn(host, run)));
  const memory = remembered(steps, states, switches.flat());
  const left = [
    ...found.flatMap(({ host, steps }) => (steps === null ? [`${host}: its proxy does not answer`] : [])),
    ...(await undoAll(steps, { ...run, memory })),
  ];
  for (const { host } of hosts) run.around.fence(host);
  for (const message of left) run.emit({ type: "warning", host: null, message: `left for now: ${message}` });
  return left.length === 0;
}

/** What the host's proxy serves, and by which switches; nothing where it does not answer. */
async function switchesOn(name: string, { fleet, around }: RunContext): Promise<SwitchSeen[]> {
  try {
    const { services } = await fleet.on(name, async (host) =>
      (await host.proxy()).ask(around.random.hex(8), "list", {}),
    );
    return services.map(({ service, active, lastSwitch }) => {
      return { host: name, service, candidate: active?.candidate ?? null, switch: lastSwitch };
    });
  } catch {
    // Its routes cannot be put back then; the command that we are part of has the proxy started.
    return [];
  }
}

function notCleared(error: unknown, { emit }: RunContext): false {
  if (!(error instanceof DeployError) || error.code !== "AFTER_SWITCH") throw error;
  emit({ type: "warning", host: error.facts.host ?? null, message: error.facts.cause });
  return false;
}

/** Nothing is booted on the way, so nothing secret is needed. */
function runContext({ fleet, lock, context, project }: Omit<AtWork, "telling">): RunContext {
  const { clock, random } = context;
  return {
    fleet,
    memory: new Memory(),
    emit: (event: DeployEventBody) => context.events({ at: clock.now(), ...event }),
    clock,
    pause: (ms, signal) => setTimeout(ms, undefined, { signal }),
    signal: AbortSignal.any([context.signal, lock.lost]),
    confirmLock: () => lock.confirm(),
    around: {
      folders: project.folders,
      login: async () => null,
      environment: () => ({}),
      certificate: () => null,
      checksumKey: () => "",
      proxyImageArchive: context.proxyImageArchive,
      localImages: localImages(context),
      fence: (host) => lock.fence(host),
      random,
      now: () => clock.now(),
    },
  };
}
