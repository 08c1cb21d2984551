import type { Plan } from "../plan/plan.ts";
import { shortVersion } from "../release/version.ts";
import type { Memory } from "../steps/memory.ts";

/** What a service serves on a host once a run has ended. */
export interface Serving {
  host: string;
  service: string;
  /** The version before; null: none. */
  from: string | null;
  /** `before`: it was never switched. `unknown`: it was asked to, and the answer never came. */
  now: "before" | "new" | "put back" | "unknown";
}

/** What each service that a plan would have switched serves now. */
export function whatServes(plan: Plan, memory: Memory): Serving[] {
  return plan.phases.flatMap(({ name, lanes }) =>
    name !== "switch"
      ? []
      : lanes.flatMap(({ host, steps }) =>
          steps.flatMap((step) => {
            if (step.kind !== "switch") return [];
            const { service, from } = step;
            return [{ host, service, from, now: nowOf(host, service, memory) }];
          }),
        ),
  );
}

/** `vm1: shop-web serves 3f2a1c0, the new release`. */
export function servingLine({ host, service, from, now }: Serving, version: string): string {
  const [fresh, former] = [shortVersion(version), from === null ? "nothing" : shortVersion(from)];
  switch (now) {
    case "new":
      return `${host}: ${service} serves ${fresh}, the new release`;
    case "unknown":
      return `${host}: ${service} serves ${fresh} or ${former}: it was lost while it switched`;
    case "before":
      return `${host}: ${service} serves ${former}, as before`;
    case "put back":
      return `${host}: ${service} serves ${former} again`;
  }
}

function nowOf(host: string, service: string, memory: Memory): Serving["now"] {
  if (memory.isUnanswered(host, service)) return "unknown";
  const made = memory.switchOf(host, service);
  if (made === null) return "before";
  return made.reverted ? "put back" : "new";
}
