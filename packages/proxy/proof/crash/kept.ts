import type { ServiceState } from "../../src/control/protocol.ts";

/** What a proxy must still know of a service after a crash. */
interface Kept {
  active: string | null;
  previous: string | null;
  lastSwitch: string | null;
  traffic: ServiceState["traffic"];
}

/** Every service that was ever committed and not removed, by name. */
export type Services = Readonly<Record<string, Kept>>;

export type Change = { service: string } & (
  | { verb: "commit"; release: string }
  | { verb: "revert" | "pause" | "resume" | "stop" | "start" | "remove" }
);

/**
 * The services after a change.
 *
 * @param switchId of the switch that the change makes, if it makes one
 */
export function after(services: Services, change: Change, switchId: string): Services {
  const kept = services[change.service] ?? {
    active: null,
    previous: null,
    lastSwitch: null,
    traffic: "open",
  };
  const { [change.service]: _, ...others } = services;
  switch (change.verb) {
    case "remove":
      return others;
    case "commit":
      return with_({ active: change.release, previous: kept.active, lastSwitch: switchId });
    case "revert":
      return with_({ active: kept.previous, previous: kept.active, lastSwitch: switchId });
    case "pause":
      return with_({ traffic: "paused" });
    case "stop":
      return with_({ traffic: "stopped" });
    case "resume":
    case "start":
      return with_({ traffic: "open" });
  }

  function with_(changed: Partial<Kept>): Services {
    return { ...others, [change.service]: { ...kept, ...changed } };
  }
}

/** What the next switch of a service is called. */
export function nextSwitch(services: Services, service: string): string {
  return `s${Number(services[service]?.lastSwitch?.slice(1) ?? 0) + 1}`;
}

/** The changes that make sense as things are. */
export function possibleChanges(services: Services, service: string, release: string): Change[] {
  const kept = services[service];
  const commit: Change = { service, verb: "commit", release };
  if (kept === undefined) return [commit];
  const traffic: Change[] = {
    open: [
      { service, verb: "pause" } as const,
      { service, verb: "stop" } as const,
      { service, verb: "remove" } as const,
    ],
    paused: [{ service, verb: "resume" } as const],
    stopped: [{ service, verb: "start" } as const],
  }[kept.traffic];
  // Most changes of a proxy's life are switches.
  const switches: Change[] = kept.previous === null ? [commit] : [commit, { service, verb: "revert" }];
  return [...switches, ...switches, ...traffic];
}

/** What a proxy says it knows, in the model's words. */
export function servicesOf(list: readonly ServiceState[]): Services {
  const entries = list.map(({ service, active, previous, lastSwitch, traffic }): [string, Kept] => [
    service,
    { active: active?.candidate ?? null, previous: previous?.candidate ?? null, lastSwitch, traffic },
  ]);
  return Object.fromEntries(entries);
}

/** One text for equal services. */
export function asText(services: Services): string {
  return Object.keys(services)
    .sort()
    .map((name) => `${name}=${JSON.stringify(fields(services[name] as Kept))}`)
    .join(" ");
}

/** In one order, whoever made it. */
function fields({ active, previous, lastSwitch, traffic }: Kept): Kept {
  return { active, previous, lastSwitch, traffic };
}
