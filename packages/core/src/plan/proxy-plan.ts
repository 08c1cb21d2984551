import type { FleetState, HostState } from "../observe/host-state.ts";
import type { Phase, Plan } from "./plan.ts";
import { loadSteps, type ProxyWanted, proxyLane } from "./prepare.ts";
import type { Step } from "./step.ts";

/** What is to become of the proxies. */
export interface ProxyOrder {
  /** `boot`: where one is missing, stopped or older; `reboot`: everywhere. */
  verb: "boot" | "reboot";
  /** Whether a reboot makes the containers anew, rather than to replace what runs in them. */
  recreate: boolean;
  /** Whether one host comes after another. */
  rolling: boolean;
}

/** What `deploy proxy boot` and `deploy proxy reboot` have to do. No release is concerned. */
export function planProxies(states: FleetState, wanted: ProxyWanted, order: ProxyOrder): Plan {
  const lanes = states
    .map((state) => ({ host: state.host, steps: stepsFor(state, wanted, order) }))
    .filter(({ steps }) => steps.length > 0);
  const title = order.verb === "boot" ? "Boot the proxies" : "Reboot the proxies";
  const phase = (of: typeof lanes, name: string): Phase => {
    return { name: "prepare", title: name, onFailure: "undo", lanes: of };
  };
  if (!order.rolling) return { release: null, phases: lanes.length === 0 ? [] : [phase(lanes, title)] };
  return { release: null, phases: lanes.map((lane) => phase([lane], `${title}: ${lane.host}`)) };
}

function stepsFor(state: HostState, wanted: ProxyWanted, { verb, recreate }: ProxyOrder): Step[] {
  const { image } = wanted;
  const run = wanted.run[state.host];
  const { container } = state.proxy;
  if (run === undefined || verb === "boot" || container === "missing") return proxyLane(state, wanted).steps;
  const load = loadSteps(state, image);
  if (recreate) return [...load, { kind: "remove-proxy" }, { kind: "create-proxy", image, run }];
  const start: Step[] = container === "stopped" ? [{ kind: "start-proxy" }] : [];
  return [...load, ...start, { kind: "replace-proxy", image, from: state.proxy.version }];
}
