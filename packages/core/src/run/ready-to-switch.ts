import type { DeployError } from "../errors/index.ts";
import { hostFailure } from "../hosts/failure.ts";
import type { Host } from "../hosts/host.ts";
import { unlessAborted } from "../hosts/unless-aborted.ts";
import type { Lane, Phase } from "../plan/plan.ts";
import type { SwitchService } from "../plan/step.ts";
import { askAgain } from "../steps/ask-again.ts";
import { exitFailure } from "../steps/gate/gate-failure.ts";
import type { RunContext } from "./run-context.ts";

/** In error messages. */
const STEP = "look once more before the switch";

/**
 * Has every proxy of a switch answer once, and looks whether every new container lives still, before
 * the first one is asked to switch: what has failed since its gate is found while nothing has moved,
 * and with every conversation open the switch is one write a host.
 *
 * @returns what failed
 */
export async function notReady(phase: Phase, run: RunContext): Promise<DeployError[]> {
  const outcomes = await Promise.allSettled(phase.lanes.map((lane) => ready(lane, run)));
  return outcomes.flatMap((outcome, index) =>
    outcome.status === "fulfilled" || run.signal.aborted
      ? []
      : [hostFailure(phase.lanes[index]?.host ?? "", STEP, outcome.reason)],
  );
}

async function ready({ host: name, steps }: Lane, run: RunContext): Promise<void> {
  const switches = steps.filter((step) => step.kind === "switch");
  await run.fleet.on(name, (host) =>
    unlessAborted(run.signal, () =>
      Promise.all([proxyAnswers(host, run), ...switches.map((step) => lives(step, host, run))]),
    ),
  );
}

/** One that was killed since the gate is waited for: it comes back by itself, with what it was told. */
async function proxyAnswers(host: Host, { around }: RunContext): Promise<void> {
  const id = around.random.hex(8);
  await askAgain(host, (control) => control.ask(id, "list", {}));
}

async function lives({ container }: SwitchService, host: Host, { memory }: RunContext): Promise<void> {
  const failure = await exitFailure(container, { docker: host.docker, host, memory });
  if (failure !== null) throw failure;
}
