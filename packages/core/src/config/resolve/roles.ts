import type { Role, RoleHost } from "../config.ts";
import type { Env } from "../env.ts";
import { defaults } from "../schema/defaults.ts";
import type { DeployFile } from "../schema/deploy-file.ts";
import type { HostFile, RoleFile } from "../schema/servers.ts";
import { resolveAssets } from "./assets.ts";
import { checkLabels, commandWords, mergeLogging, resolveContainer } from "./container.ts";
import { mergeEnv, resolveEnv, resolveTags } from "./env.ts";
import { checkHost } from "./hosts.ts";
import { mergeProxy, resolveRoute } from "./proxy.ts";
import type { Report } from "./report.ts";

/** A role as written, and where. */
interface Written {
  name: string;
  file: RoleFile;
  path: (string | number)[];
  /** Where its list of hosts is. */
  hostsPath: (string | number)[];
}

/** Every role with all it takes over from the root; the primary one first, then by name. */
export function resolveRoles(file: DeployFile, destination: string | null, report: Report): Role[] {
  const written = writtenRoles(file);
  const primary = file.primary_role ?? defaults.primaryRole;
  checkPresence(written, file, primary, report);
  const tags = resolveTags(file.env, report);
  const rootEnv = resolveEnv(file.env, ["env"], report);
  checkLabels(file.labels, ["labels"], report);
  return written
    .toSorted((a, b) => Number(b.name === primary) - Number(a.name === primary) || (a.name < b.name ? -1 : 1))
    .map((role) => resolveRole(role, { file, destination, primary, tags, rootEnv, report }));
}

interface Root {
  file: DeployFile;
  destination: string | null;
  primary: string;
  tags: Map<string, Env>;
  rootEnv: Env;
  report: Report;
}

function resolveRole(role: Written, root: Root): Role {
  const { file, report } = root;
  const primary = role.name === root.primary;
  const env = mergeEnv(root.rootEnv, resolveEnv(role.file.env, [...role.path, "env"], report));
  const proxy = resolveRoleProxy(role, primary, root);
  checkLabels(role.file.labels, [...role.path, "labels"], report);
  const stop = role.file.stop_timeout ?? file.stop_timeout;
  return {
    name: role.name,
    primary,
    containerPrefix: [file.service, role.name, root.destination].filter((part) => part !== null).join("-"),
    hosts: resolveHosts(role, env, root),
    cmd: commandWords(role.file.cmd, [...role.path, "cmd"], report),
    env,
    labels: { ...file.labels, ...role.file.labels },
    container: resolveContainer(
      {
        options: role.file.options ?? {},
        volumes: file.volumes ?? [],
        logging: mergeLogging(file.logging, role.file.logging),
      },
      {
        options: [...role.path, "options"],
        volumes: ["volumes"],
        logging: role.file.logging ? [...role.path, "logging"] : ["logging"],
        port: role.path,
      },
      report,
    ),
    proxy,
    // Docker's own ten seconds are enough behind a proxy, which drained the container before.
    stopTimeoutMs: stop ?? (proxy ? 10_000 : (file.drain_timeout ?? defaults.drainTimeout * 1000)),
    assets: proxy ? resolveAssets(role.file.asset_path ?? file.asset_path) : null,
  };
}

function resolveRoleProxy(role: Written, primary: boolean, { file, report }: Root): Role["proxy"] {
  const own = role.file.proxy ?? primary;
  if (own === false) return null;
  const path = typeof own === "object" ? [...role.path, "proxy"] : ["proxy"];
  const merged = mergeProxy(file.proxy, own === true ? undefined : own);
  const route = resolveRoute(merged, path, report);
  const hosts = role.file.hosts ?? [];
  if (route.tls.kind === "automatic" && hosts.length > 1) {
    report.problem(
      [...path, "ssl"],
      `an automatic certificate needs the role ${role.name} to be on one host, and it is on ${hosts.length}; give your own certificate, or set ssl: false behind a load balancer that has it`,
    );
  }
  return route;
}

function resolveHosts(role: Written, env: Env, { tags, report }: Root): RoleHost[] {
  const hosts: RoleHost[] = [];
  for (const [index, written] of (role.file.hosts ?? []).entries()) {
    const former = hosts.findIndex(({ host }) => host === written.host);
    if (former >= 0) {
      report.problem([...role.hostsPath, index], `the host ${written.host} is listed twice in this role`);
      continue;
    }
    checkHost(written.host, [...role.hostsPath, index], report);
    const own = written.tags.flatMap((tag) => tags.get(tag) ?? []);
    hosts.push({ host: written.host, tags: written.tags, env: mergeEnv(env, ...own) });
  }
  return hosts;
}

function writtenRoles(file: DeployFile): Written[] {
  const servers = file.servers;
  if (servers === undefined) return [];
  if (Array.isArray(servers)) {
    if (servers.length === 0) return [];
    return [{ name: "web", file: { hosts: servers }, path: ["servers"], hostsPath: ["servers"] }];
  }
  return Object.entries(servers).map(([name, role]) => {
    const path = ["servers", name];
    const hosts: HostFile[] | null = Array.isArray(role) ? role : null;
    if (hosts) return { name, file: { hosts }, path, hostsPath: path };
    return {
      name,
      file: role === null || Array.isArray(role) ? {} : role,
      path,
      hostsPath: [...path, "hosts"],
    };
  });
}

function checkPresence(roles: Written[], file: DeployFile, primary: string, report: Report): void {
  if (roles.length === 0) {
    if (file.accessories && Object.keys(file.accessories).length > 0) return;
    report.problem(["servers"], "no host to deploy to: list the hosts here, or choose a destination with -d");
    return;
  }
  const names = roles.map(({ name }) => name);
  if (!names.includes(primary)) {
    const at = file.primary_role === undefined ? ["servers"] : ["primary_role"];
    const said = `there is no role ${primary}, which would be the primary one; there is ${names.join(", ")}`;
    const how =
      file.primary_role === undefined ? `; primary_role names another one: primary_role: ${names[0]}` : "";
    report.problem(at, said + how);
  }
  for (const role of roles) {
    if ((role.file.hosts ?? []).length > 0) continue;
    if (role.name === primary) report.problem(role.path, `the primary role ${role.name} needs a host`);
    else if (!file.allow_empty_roles) {
      report.problem(
        role.path,
        `the role ${role.name} has no hosts; allow_empty_roles: true would allow that`,
      );
    }
  }
}
