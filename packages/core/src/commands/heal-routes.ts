import type { FleetState } from "../observe/host-state.ts";
import { type HostBoot, releaseOf } from "../plan/boot.ts";
import { planRelease } from "../plan/deploy-plan.ts";
import { rolloutOf } from "../plan/rollout.ts";
import { unrouted } from "../plan/unrouted.ts";
import type { AtWork } from "./at-work.ts";
import { carryOut, newNames } from "./carry-out.ts";
import { writtenDown } from "./written-down.ts";

/**
 * Tells proxies anew what they have lost: the routes of the release that serves on their host, as it was
 * recorded there. Containers are probed as in a deploy, and neither made nor started.
 *
 * @returns the hosts that were told
 * @throws DeployError GATE_FAILED where what runs does not answer
 */
export async function healRoutes(states: FleetState, at: AtWork): Promise<string[]> {
  const { context, project } = at;
  const lost = unrouted(states, context.random.hex(4));
  for (const boots of byRelease(lost)) {
    const plan = planRelease({
      release: releaseOf(boots),
      boots,
      // There is no release before to measure by.
      rollout: { ...rolloutOf(project.config), bakeMs: 0 },
      proxy: null,
      tags: [],
      retain: null,
      at: context.clock.now(),
      newNames: newNames(context.random),
    });
    await carryOut(plan, { boots, beside: writtenDown(project) }, at);
  }
  return lost.map(({ state }) => state.host);
}

/** Hosts may serve different releases, and a plan is about one. */
function byRelease(boots: readonly HostBoot[]): HostBoot[][] {
  return [...Map.groupBy(boots, ({ record }) => record.release).values()];
}
