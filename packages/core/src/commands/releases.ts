import { readAudit } from "../audit/audit-file.ts";
import { hostFailure } from "../hosts/failure.ts";
import { observeFleet } from "../observe/observe.ts";
import { type KnownRelease, knownReleases } from "../release/history.ts";
import { asCommand } from "./as-command.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import { openProject } from "./project.ts";
import { question } from "./proxy-wanted.ts";
import { EVERYWHERE, scopeOf } from "./scope.ts";

/** Every release that the hosts know of. */
export interface ReleasesResult {
  service: string;
  destination: string | null;
  hosts: string[];
  /** Newest first. */
  releases: KnownRelease[];
}

/**
 * Lists the app's releases: what serves, what can be gone back to, and what failed.
 *
 * @throws DeployError of the first host that could not be looked at
 */
export function releases(context: CommandContext): Promise<ReleasesResult> {
  return asCommand(
    "releases",
    context,
    async (telling) => {
      const project = await openProject(context);
      const { config, folders } = project;
      telling.started({ service: config.app, version: null, hosts: config.appHosts });
      const { fleet: opened } = await connectAll(context, project, scopeOf(config, EVERYWHERE), telling);
      using fleet = opened;
      const states = await observeFleet(fleet, question(context, project));
      const histories = await Promise.all(
        states.map(async ({ host, records, active }) => {
          try {
            const audit = await readAudit(await fleet.host(host).files(), folders.audit);
            return { host, records, active, audit };
          } catch (error) {
            throw hostFailure(host, "read the audit", error);
          }
        }),
      );
      const { service, destination, appHosts } = config;
      return { service, destination, hosts: appHosts, releases: knownReleases(histories) };
    },
    ({ releases: found }) => `found ${found.length} releases`,
  );
}
