import type { HostState } from "../observe/host-state.ts";

/** What of a host a plan was made from, as far as it is the app's. Plain data without a secret. */
export interface SeenHost {
  /** The release that served; null: none. */
  active: string | null;
  /** Running or not, by name. */
  containers: Record<string, "running" | "stopped">;
  network: boolean;
  /** `running 0.1.0 3f2a1c0d`: its state, version and options. */
  proxy: string;
  /** Where the proxy sent the app's requests, by service. */
  routes: Record<string, string>;
}

/** @param services those of the app: `shop-web` */
export function seenOf(state: HostState, services: readonly string[]): SeenHost {
  const { container, version, options } = state.proxy;
  const own = (state.proxy.services ?? []).filter(({ service }) => services.includes(service));
  return {
    active: state.active?.release ?? null,
    containers: Object.fromEntries(
      state.containers.map(({ name, state: now }) => [name, now === "running" ? "running" : "stopped"]),
    ),
    network: state.network,
    proxy: [container, version, options].filter((word) => word !== null).join(" "),
    routes: Object.fromEntries(own.map(({ service, candidate }) => [service, candidate ?? "nowhere"])),
  };
}

/** In what a host has moved since a plan was made, a sentence each. */
export function movedSince(before: SeenHost, now: SeenHost): string[] {
  const names = [...new Set([...Object.keys(before.containers), ...Object.keys(now.containers)])];
  const services = [...new Set([...Object.keys(before.routes), ...Object.keys(now.routes)])];
  return [
    ...changed("the release that serves", before.active, now.active),
    ...names.flatMap((name) => changed(name, before.containers[name], now.containers[name])),
    ...changed("the network", presence(before.network), presence(now.network)),
    ...changed("the proxy", before.proxy, now.proxy),
    ...services.flatMap((name) => changed(`the route of ${name}`, before.routes[name], now.routes[name])),
  ];
}

function changed(what: string, before: string | null | undefined, now: string | null | undefined): string[] {
  return before === now ? [] : [`${what} was ${before ?? "missing"} and is ${now ?? "missing"}`];
}

function presence(there: boolean): string {
  return there ? "there" : "missing";
}
