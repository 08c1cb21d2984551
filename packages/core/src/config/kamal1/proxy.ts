import type { MapNode, Node, Path } from "../parse/tree.ts";
import { emptyMap, list, mapOf, scalar, valueAt, withKey, withoutKeys } from "./edit.ts";
import type { Say } from "./modernise.ts";
import { routesInLabels, tracesOfTls } from "./traefik.ts";

/** Where apps listened unless `healthcheck.port` said otherwise. */
const DEFAULT_PORT = 3000;

/** `traefik`, `healthcheck` and Traefik's labels as `proxy`, at the root and in roles. */
export function modernProxy(root: MapNode, say: Say): MapNode {
  const traefik = mapOf(root, "traefik");
  const healthcheck = mapOf(root, "healthcheck");
  let proxy = withHealthcheck(
    emptyMap((traefik ?? healthcheck ?? root).at),
    healthcheck,
    ["healthcheck"],
    say,
  );
  if (valueAt(proxy, "app_port") === undefined)
    proxy = withKey(proxy, "app_port", scalar(DEFAULT_PORT, proxy.at));
  proxy = withRun(proxy, traefik, say);
  const routes = routesInLabels(mapOf(root, "labels"));
  if (routes) proxy = withKey(proxy, "hosts", list(routes.hosts, routes.at));
  const servers = valueAt(root, "servers");
  const roles = servers?.kind === "map" ? withRoles(servers, traefik, say) : servers;
  const hosted = valueAt(proxy, "hosts") !== undefined;
  if (hosted && tracesOfTls(traefik)) proxy = withKey(proxy, "ssl", scalar(true, proxy.at));
  const modern = withKey(withoutKeys(root, "traefik", "healthcheck"), "proxy", proxy);
  return roles ? withKey(modern, "servers", roles) : modern;
}

function withRun(proxy: MapNode, traefik: MapNode | undefined, say: Say): MapNode {
  if (!traefik) return proxy;
  let run = emptyMap(traefik.at);
  const port = valueAt(traefik, "host_port");
  const publish = valueAt(traefik, "publish");
  if (port) run = withKey(run, "http_port", port);
  if (publish) run = withKey(run, "publish", publish);
  const rest = [...traefik.entries.keys()].filter((key) => key !== "host_port" && key !== "publish");
  if (rest.length > 0) {
    say(
      ["traefik"],
      `the proxy is ours and not Traefik, so ${rest.join(", ")} is not used; proxy.host and proxy.ssl say what TLS needs`,
    );
  }
  return run.entries.size > 0 ? withKey(proxy, "run", run) : proxy;
}

function withRoles(servers: MapNode, traefik: MapNode | undefined, say: Say): MapNode {
  let modern = servers;
  for (const [name, { value: role }] of servers.entries) {
    if (role.kind === "map") modern = withKey(modern, name, modernRole(role, name, traefik, say));
  }
  return modern;
}

function modernRole(role: MapNode, name: string, traefik: MapNode | undefined, say: Say): MapNode {
  const own = valueAt(role, "traefik");
  const off = own?.kind === "scalar" && own.value === false;
  let proxy = withHealthcheck(
    emptyMap(role.at),
    mapOf(role, "healthcheck"),
    ["servers", name, "healthcheck"],
    say,
  );
  const routes = routesInLabels(mapOf(role, "labels"));
  if (routes) {
    proxy = withKey(proxy, "hosts", list(routes.hosts, routes.at));
    if (tracesOfTls(traefik)) proxy = withKey(proxy, "ssl", scalar(true, routes.at));
  }
  const modern = withoutKeys(role, "traefik", "healthcheck");
  if (off) return withKey(modern, "proxy", own);
  // A worker's health check alone does not put it behind the proxy.
  const behind: Node | null =
    name === "web" || own !== undefined ? (proxy.entries.size > 0 ? proxy : (own ?? null)) : null;
  return behind ? withKey(modern, "proxy", behind) : modern;
}

function withHealthcheck(proxy: MapNode, healthcheck: MapNode | undefined, path: Path, say: Say): MapNode {
  if (!healthcheck) return proxy;
  let modern = proxy;
  const port = valueAt(healthcheck, "port");
  if (port) modern = withKey(modern, "app_port", port);
  let check = emptyMap(healthcheck.at);
  for (const key of ["path", "interval"]) {
    const value = valueAt(healthcheck, key);
    if (value) check = withKey(check, key, value);
  }
  if (check.entries.size > 0) modern = withKey(modern, "healthcheck", check);
  const rest = [...healthcheck.entries.keys()].filter((key) => !["path", "interval", "port"].includes(key));
  if (rest.length > 0) {
    say(path, `${rest.join(", ")} is not used: the proxy asks the app itself, within deploy_timeout`);
  }
  return modern;
}
