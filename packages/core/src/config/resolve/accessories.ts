import type { Accessory, AccessoryPath, Registry, Role } from "../config.ts";
import type { Path } from "../parse/tree.ts";
import type { AccessoryFile, AccessoryPathFile } from "../schema/accessory.ts";
import { defaults } from "../schema/defaults.ts";
import type { DeployFile } from "../schema/deploy-file.ts";
import { checkLabels, commandWords, resolveContainer } from "./container.ts";
import { resolveEnv } from "./env.ts";
import { checkHost } from "./hosts.ts";
import { publishedPorts } from "./ports.ts";
import { resolveRoute } from "./proxy.ts";
import { repositoryOf, resolveRegistry } from "./registry.ts";
import type { Report } from "./report.ts";

/** Every accessory, in the order written, on the hosts it names by itself or by role or tag. */
export function resolveAccessories(file: DeployFile, roles: Role[], report: Report): Accessory[] {
  return Object.entries(file.accessories ?? {}).map(([name, accessory]) =>
    resolveAccessory(name, accessory, { file, roles, report }),
  );
}

interface Root {
  file: DeployFile;
  roles: Role[];
  report: Report;
}

function resolveAccessory(name: string, accessory: AccessoryFile, root: Root): Accessory {
  const { file, report } = root;
  const path = ["accessories", name];
  const registry = accessory.registry
    ? resolveRegistry(accessory.registry, [...path, "registry"], report)
    : null;
  const network: Record<string, string> =
    accessory.network === undefined ? {} : { network: accessory.network };
  checkLabels(accessory.labels, [...path, "labels"], report);
  return {
    name,
    service: accessory.service ?? `${file.service}-${name}`,
    image: imageOf(accessory.image, registry),
    registry,
    hosts: hostsOf(accessory, path, root),
    cmd: commandWords(accessory.cmd, [...path, "cmd"], report),
    env: resolveEnv(accessory.env, [...path, "env"], report),
    labels: accessory.labels ?? {},
    container: resolveContainer(
      {
        options: { ...network, ...accessory.options },
        volumes: accessory.volumes ?? [],
        logging: file.logging ?? {},
        ports: publishedPorts(accessory.port, [...path, "port"], report),
      },
      {
        options: [...path, "options"],
        volumes: [...path, "volumes"],
        logging: ["logging"],
        port: [...path, "port"],
      },
      report,
    ),
    files: (accessory.files ?? []).map((entry) => mounted(entry, defaults.fileMode)),
    directories: (accessory.directories ?? []).map((entry) => mounted(entry, null)),
    proxy: accessory.proxy ? resolveRoute(accessory.proxy, [...path, "proxy"], report) : null,
  };
}

function imageOf(image: string, registry: Registry | null): string {
  return registry === null ? image : repositoryOf(registry, image);
}

const placements = ["host", "hosts", "role", "roles", "tag", "tags"] as const;

function hostsOf(accessory: AccessoryFile, path: Path, { roles, report }: Root): string[] {
  const given = placements.filter((key) => accessory[key] !== undefined);
  if (given.length !== 1) {
    const now = given.length === 0 ? "none is given" : `${given.join(" and ")} are given`;
    report.problem(path, `needs exactly one of ${placements.join(", ")}; ${now}`);
  }
  const hosts = [...(accessory.hosts ?? []), ...(accessory.host === undefined ? [] : [accessory.host])];
  const written = accessory.host === undefined ? (index: number) => ["hosts", index] : () => ["host"];
  for (const [index, host] of hosts.entries()) checkHost(host, [...path, ...written(index)], report);
  for (const name of [
    ...(accessory.roles ?? []),
    ...(accessory.role === undefined ? [] : [accessory.role]),
  ]) {
    const role = roles.find((candidate) => candidate.name === name);
    if (!role)
      report.problem([...path, accessory.role === undefined ? "roles" : "role"], `there is no role ${name}`);
    hosts.push(...(role?.hosts ?? []).map(({ host }) => host));
  }
  for (const tag of [...(accessory.tags ?? []), ...(accessory.tag === undefined ? [] : [accessory.tag])]) {
    const tagged = roles.flatMap((role) => role.hosts).filter(({ tags }) => tags.includes(tag));
    if (tagged.length === 0) report.warning([...path, given[0] ?? "tag"], `no host carries the tag ${tag}`);
    hosts.push(...tagged.map(({ host }) => host));
  }
  return [...new Set(hosts)];
}

function mounted(entry: AccessoryPathFile, mode: string | null): AccessoryPath {
  if (typeof entry === "string") {
    const [local = "", remote = "", ...options] = entry.split(":");
    return {
      local,
      remote,
      mode,
      owner: null,
      mountOptions: options.length === 0 ? null : options.join(":"),
    };
  }
  return {
    local: entry.local,
    remote: entry.remote,
    mode: entry.mode ?? mode,
    owner: entry.owner ?? null,
    mountOptions: entry.options ?? null,
  };
}
