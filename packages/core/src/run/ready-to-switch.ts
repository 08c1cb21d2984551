import type { DeployError } from "../errors/index.ts";
import { hostFailure } from "../hosts/failure.ts";
import type { Lane, Phase } from "../plan/plan.ts";
import type { SwitchService } from "../plan/step.ts";
import { exitFailure } from "../steps/gate/gate-failure.ts";
import { unlessAborted } from "../steps/unless-aborted.ts";
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
  const host = run.fleet.host(name);
  const proxyAnswers = async () => {
    const control = await host.proxy();
    await control.ask(run.around.random.hex(8), "list", {});
  };
  const lives = async ({ container }: SwitchService) => {
    const failure = await exitFailure(container, { docker: host.docker, host });
    if (failure !== null) throw failure;
  };
  const switches = steps.filter((step) => step.kind === "switch");
  await unlessAborted(AbortSignal.any([host.lost, run.signal]), () =>
    Promise.all([proxyAnswers(), ...switches.map(lives)]),
  );
}
