import { readAudit } from "../audit/audit-file.ts";
import type { AuditEntry } from "../audit/entry.ts";
import { hostFailure } from "../hosts/failure.ts";
import { openFleet } from "../hosts/fleet.ts";
import { asCommand } from "./as-command.ts";
import type { CommandContext, HostFilter } from "./context.ts";
import { fleetRequest, openProject } from "./project.ts";
import { chooseTargets } from "./targets.ts";

/** What `audit` can be asked. */
export interface AuditOptions {
  filter: HostFilter;
  /** Newest entries of each host. */
  lines: number;
}

/** What was done to an app, as each host has kept it. */
export interface AuditResult {
  service: string;
  destination: string | null;
  /** Oldest first. */
  hosts: { host: string; entries: AuditEntry[] }[];
}

/**
 * Reads what was done to the app on each host, by whom and with what result.
 *
 * @throws DeployError of the first host that could not be reached
 */
export function audit(context: CommandContext, options: AuditOptions): Promise<AuditResult> {
  return asCommand(
    "audit",
    context,
    async (telling) => {
      const project = await openProject(context);
      const { config, folders } = project;
      const names = chooseTargets(config, options.filter).map(({ host }) => host);
      telling.started({ service: config.app, version: null, hosts: names });
      using fleet = await openFleet(await fleetRequest(context, project, names));
      const hosts = await Promise.all(
        fleet.hosts.map(async (host) => {
          try {
            const entries = await readAudit(await host.files(), folders.audit);
            return { host: host.name, entries: entries.slice(-options.lines) };
          } catch (error) {
            throw hostFailure(host.name, "read the audit", error);
          }
        }),
      );
      return { service: config.service, destination: config.destination, hosts };
    },
    ({ hosts }) => `read the audit of ${hosts.length} hosts`,
  );
}
