import type { Role } from "../config.ts";
import type { DeployFile } from "../schema/deploy-file.ts";
import type { Report } from "./report.ts";

/** Two roles on one host cannot both answer to the same name and path: the proxy could not choose. */
export function checkRoutes(file: DeployFile, roles: Role[], report: Report): void {
  const owners = new Map<string, string>();
  for (const role of roles) {
    if (!role.proxy) continue;
    const written = file.servers && !Array.isArray(file.servers) ? file.servers[role.name] : null;
    const own = written && !Array.isArray(written) && typeof written.proxy === "object";
    const path = own ? ["servers", role.name, "proxy"] : ["proxy"];
    for (const { host } of role.hosts) {
      for (const route of routesOf(role.proxy.hosts, role.proxy.pathPrefixes)) {
        const key = `${host} ${route}`;
        const owner = owners.get(key);
        if (owner !== undefined) {
          report.problem(
            path,
            `the roles ${owner} and ${role.name} both answer to ${route} on ${host}; give each its own host or path_prefix`,
          );
          return;
        }
        owners.set(key, role.name);
      }
    }
  }
}

function routesOf(hosts: string[], prefixes: string[]): string[] {
  const names = hosts.length === 0 ? ["every name"] : hosts;
  const paths = prefixes.length === 0 ? ["/"] : prefixes;
  return names.flatMap((name) => paths.map((path) => (path === "/" ? name : `${name}${path}`)));
}
