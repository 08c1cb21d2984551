import type { Plan } from "../plan/plan.ts";
import type { MadeSwitch } from "../steps/memory.ts";

/**
 * From the first switch sent to the last one answered, as seen from here, in milliseconds with one
 * decimal: of the widest burst, where hosts switched in groups. 0 where nothing was switched.
 */
export function spreadMs(plan: Plan, switches: readonly MadeSwitch[]): number {
  const bursts = plan.phases
    .filter(({ name }) => name === "switch")
    .map(({ lanes }) => switches.filter((made) => lanes.some((lane) => lane.host === made.host)));
  const widths = bursts.filter((burst) => burst.length > 0).map(width);
  return Math.round(Math.max(0, ...widths) * 10) / 10;
}

function width(burst: readonly MadeSwitch[]): number {
  const first = Math.min(...burst.map(({ sentAt }) => sentAt));
  return Math.max(...burst.map(({ answeredAt }) => answeredAt)) - first;
}
