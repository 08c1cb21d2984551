import type { ProxyRun } from "../config/proxy.ts";
import type { HostState } from "../observe/host-state.ts";
import { bootedRoles, existingContainer, type HostBoot } from "./boot.ts";
import type { Lane } from "./plan.ts";
import { ageOf, versionIn } from "./proxy-age.ts";
import { roomFor } from "./room.ts";
import type { Step } from "./step.ts";

/** How the proxy is to run on the hosts that need one. */
export interface ProxyWanted {
  /** `cutover-proxy:0.1.0` */
  image: string;
  /** By host. A host that is not named needs no proxy. */
  run: Readonly<Record<string, ProxyRun>>;
}

/** The lane that makes sure of network and proxy; empty where both are as they should be. */
export function proxyLane(state: HostState, wanted: ProxyWanted): Lane {
  const network: Step[] = state.network ? [] : [{ kind: "ensure-network" }];
  const run = wanted.run[state.host];
  const steps = run === undefined ? network : [...network, ...proxySteps(state, wanted.image, run)];
  return { host: state.host, steps };
}

/** A proxy that runs is brought up to our version where it is of an older one, and never down to it. */
function proxySteps(state: HostState, image: string, run: ProxyRun): Step[] {
  const { container, version } = state.proxy;
  if (container === "stopped") return [{ kind: "start-proxy" }];
  if (container === "missing") return [...loadSteps(state, image), { kind: "create-proxy", image, run }];
  if (ageOf(version, versionIn(image)) !== "older") return [];
  return [...loadSteps(state, image), { kind: "replace-proxy", image, from: version }];
}

/** Brings the image to a host that lacks it. */
export function loadSteps({ proxy, architecture }: HostState, image: string): Step[] {
  return proxy.imagePresent ? [] : [{ kind: "load-proxy-image", architecture, image }];
}

/**
 * The lane that brings the image, where a container has to be made from it.
 *
 * @param retain releases that a prune would keep; null: all
 */
export function imageLane(boot: HostBoot, retain: number | null): Lane {
  const needed = bootedRoles(boot).some((role) => existingContainer(boot, role) === null);
  return {
    host: boot.state.host,
    steps: needed ? [imageStep(boot, retain ?? Number.POSITIVE_INFINITY)] : [],
  };
}

function imageStep(boot: HostBoot, retain: number): Step {
  const { image } = boot.record;
  return image.from === "client"
    ? { kind: "bring-image", image }
    : { kind: "pull-image", image, room: roomFor(boot, retain) };
}

/** The lane that writes a release down which is new to the host. */
export function recordLane({ state, record }: HostBoot): Lane {
  const known = state.records.some(({ release }) => release === record.release);
  return { host: state.host, steps: known ? [] : [{ kind: "write-record", record }] };
}
