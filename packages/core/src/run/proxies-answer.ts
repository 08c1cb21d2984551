import type { DeployError } from "../errors/index.ts";
import { hostFailure } from "../hosts/failure.ts";
import type { Phase } from "../plan/plan.ts";
import { unlessAborted } from "../steps/unless-aborted.ts";
import type { RunContext } from "./run-context.ts";

/** In error messages. */
const STEP = "ask the proxy before the switch";

/**
 * Has every proxy of a switch answer once before the first one is asked to switch: one that does not
 * is found while nothing has moved, and with every conversation open the switch is one write a host.
 *
 * @returns what failed
 */
export async function proxiesAnswer(phase: Phase, run: RunContext): Promise<DeployError[]> {
  const hosts = [...new Set(phase.lanes.map(({ host }) => host))];
  const outcomes = await Promise.allSettled(
    hosts.map(async (name) => {
      const host = run.fleet.host(name);
      await unlessAborted(AbortSignal.any([host.lost, run.signal]), async () => {
        const control = await host.proxy();
        await control.ask(run.around.random.hex(8), "list", {});
      });
    }),
  );
  return outcomes.flatMap((outcome, index) =>
    outcome.status === "fulfilled" || run.signal.aborted
      ? []
      : [hostFailure(hosts[index] ?? "", STEP, outcome.reason)],
  );
}
