import { readWords } from "../../docker-options/words.ts";
import type { Accessory, Config, Output, Registry, Role } from "../config.ts";
import type { LocalTexts } from "../local-texts.ts";
import { defaults } from "../schema/defaults.ts";
import type { DeployFile } from "../schema/deploy-file.ts";
import { verbs } from "../verbs.ts";
import { resolveAccessories } from "./accessories.ts";
import { resolveBuilder } from "./builder.ts";
import { resolveBoot, resolveSsh, resolveUnreachable } from "./connections.ts";
import { resolveProxyRuns } from "./proxy-runs.ts";
import { noRegistry, repositoryOf, resolveRegistry } from "./registry.ts";
import type { Report } from "./report.ts";
import { resolveRoles } from "./roles.ts";
import { checkRoutes } from "./routes.ts";

/** What a configuration is resolved for. */
export interface ResolveFor {
  destination: string | null;
  /** What is built for where the file does not say. */
  architecture: "amd64" | "arm64";
  /** Of the files that belong to it. */
  texts: LocalTexts;
}

/** What a valid file comes to. What contradicts itself goes to the report; the result then is not to be used. */
export function resolve(
  file: DeployFile,
  { destination, architecture, texts }: ResolveFor,
  report: Report,
): Config {
  const registry =
    file.registry === "none" ? noRegistry : resolveRegistry(file.registry, ["registry"], report);
  const image = file.image ?? (registry.local ? file.service : "");
  checkImage(image, registry, report);
  const roles = resolveRoles(file, destination, report);
  const accessories = resolveAccessories(file, roles, report);
  checkRoutes(file, roles, report);
  checkAliases(file, report);
  return {
    service: file.service,
    destination,
    app: destination === null ? file.service : `${file.service}-${destination}`,
    image,
    repository: repositoryOf(registry, image),
    registry,
    roles,
    accessories,
    primaryRole: file.primary_role ?? defaults.primaryRole,
    ...hostsOf(roles, accessories),
    proxyRun: resolveProxyRuns(file, roles, accessories, texts, report),
    builder: resolveBuilder(file.builder, architecture, report),
    ssh: resolveSsh(file.ssh, report),
    connections: {
      maxConcurrentStarts: file.sshkit?.max_concurrent_starts ?? defaults.maxConcurrentStarts,
      dnsRetries: file.sshkit?.dns_retries ?? defaults.dnsRetries,
    },
    boot: resolveBoot(file.boot, report),
    unreachable: resolveUnreachable(file.unreachable),
    aliases: file.aliases ?? {},
    ...placesOf(file),
    ...timesOf(file),
    retainContainers: file.retain_containers ?? defaults.retainContainers,
    output: outputOf(file),
  };
}

function checkImage(image: string, registry: Registry, report: Report): void {
  if (image === "") report.problem(["image"], "is required; expected the image's name, such as acme/shop");
  const [name = ""] = image.split("/").slice(-1);
  if (/[:@]/.test(name)) report.problem(["image"], "has no tag: each deploy gives it the version for one");
  if (/\s/.test(image)) report.problem(["image"], "has no blanks in it");
  if (image !== image.toLowerCase()) report.warning(["image"], "Docker wants an image's name in lower case");
  if (registry.server !== null && image.startsWith(`${registry.server}/`)) {
    report.warning(["image"], `${registry.server}/ is put before it anyway, and stands there twice now`);
  }
}

function checkAliases(file: DeployFile, report: Report): void {
  for (const [name, line] of Object.entries(file.aliases ?? {})) {
    const read = readWords(line);
    if ("problem" in read) report.problem(["aliases", name], read.problem);
    if (verbs.some((verb) => verb === name))
      report.warning(["aliases", name], `is never used: deploy ${name} is a command already`);
  }
}

function hostsOf(roles: Role[], accessories: Accessory[]) {
  const appHosts = unique(roles.flatMap((role) => role.hosts.map(({ host }) => host)));
  const proxied = [
    ...roles.filter((role) => role.proxy).flatMap((role) => role.hosts.map(({ host }) => host)),
    ...accessories.filter((accessory) => accessory.proxy).flatMap((accessory) => accessory.hosts),
  ];
  return {
    primaryHost: roles[0]?.hosts[0]?.host ?? null,
    appHosts,
    hosts: unique([...appHosts, ...accessories.flatMap((accessory) => accessory.hosts)]),
    proxyHosts: unique(proxied),
  };
}

function placesOf(file: DeployFile) {
  return {
    hooksPath: file.hooks_path ?? null,
    hooksOutput:
      typeof file.hooks_output === "string" ? { "*": file.hooks_output } : (file.hooks_output ?? {}),
    secretsPath: file.secrets_path ?? null,
    errorPagesPath: file.error_pages_path ?? null,
    runDirectory: file.run_directory ?? null,
  };
}

function timesOf(file: DeployFile) {
  return {
    readinessDelayMs: file.readiness_delay ?? defaults.readinessDelay * 1000,
    deployTimeoutMs: file.deploy_timeout ?? defaults.deployTimeout * 1000,
    bakeMs: file.bake ?? 0,
    drainTimeoutMs: file.drain_timeout ?? defaults.drainTimeout * 1000,
  };
}

function outputOf(file: DeployFile): Output {
  return { file: file.output?.file ?? null, otel: file.output?.otel ?? null };
}

function unique(hosts: string[]): string[] {
  return [...new Set(hosts)];
}
