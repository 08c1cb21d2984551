import { DeployError } from "../errors/index.ts";
import type { Fleet } from "../hosts/fleet.ts";
import { readHostVariables } from "../observe/host-variables.ts";
import { type HostBoot, releaseOf } from "../plan/boot.ts";
import { refersToHosts } from "../release/host-variables.ts";
import { newReleaseId } from "../release/release.ts";
import { withEnvironment } from "../release/with-environment.ts";
import { besidePlan, type Secrets, sealedFor } from "./beside-plan.ts";
import type { BesidePlan } from "./carry-out.ts";
import type { CommandContext } from "./context.ts";
import { type Project, performer, registryLogin } from "./project.ts";

/**
 * The recorded releases as new ones, with the environment that they would have if they were deployed now.
 *
 * @param values every secret that containers need, by name
 * @throws DeployError USAGE where the configuration no longer has one of their roles
 */
export async function withTodaysEnvironment(
  recorded: readonly HostBoot[],
  values: ReadonlyMap<string, string>,
  project: Project,
  fleet: Fleet,
  context: CommandContext,
): Promise<{ chosen: HostBoot[]; beside: BesidePlan }> {
  const { config } = project;
  refuseLostRoles(recorded, project);
  const { version } = releaseOf(recorded);
  const login = await registryLogin(config.registry, project.secrets);
  const secrets: Secrets = { project, version, values, login };
  const variables = refersToHosts(config) ? await readHostVariables(fleet) : new Map();
  const fresh = context.random.hex(32);
  const keys = new Map(recorded.map(({ state }) => [state.host, state.checksumKey ?? fresh]));
  const made = {
    release: newReleaseId(context.clock, context.random),
    createdAt: context.clock.now(),
    createdBy: performer(context),
    toolVersion: context.toolVersion,
  };
  const chosen = recorded.map(({ state, record }) => {
    const sealed = sealedFor(state.host, secrets, variables, keys.get(state.host) ?? fresh);
    return { state, record: withEnvironment(record, sealed, made) };
  });
  return { chosen, beside: besidePlan(secrets, variables, keys) };
}

/** A role that the configuration no longer has has no environment in it either. */
function refuseLostRoles(recorded: readonly HostBoot[], { config }: Project): void {
  for (const { state, record } of recorded)
    for (const { role } of record.roles) {
      const known = config.roles.find(({ name }) => name === role);
      if (known?.hosts.some(({ host }) => host === state.host)) continue;
      throw new DeployError("USAGE", {
        cause: `release ${record.release} has the role ${role} on ${state.host}, which the configuration has no longer`,
        hint: "roll back without --current-env: it gets the environment that was recorded",
        state: "unchanged",
      });
    }
}
