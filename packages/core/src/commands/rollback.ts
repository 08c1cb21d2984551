import { DeployError } from "../errors/index.ts";
import type { Fleet } from "../hosts/fleet.ts";
import type { FleetState } from "../observe/host-state.ts";
import { readHostVariables } from "../observe/host-variables.ts";
import { observeFleet } from "../observe/observe.ts";
import type { HostBoot } from "../plan/boot.ts";
import { changesBetween } from "../plan/changes.ts";
import { chooseRollback } from "../plan/choose-rollback.ts";
import type { HostDecision } from "../plan/decide.ts";
import { planRelease } from "../plan/deploy-plan.ts";
import { rollbackTarget } from "../plan/rollback-target.ts";
import { rolloutOf } from "../plan/rollout.ts";
import { refersToHosts } from "../release/host-variables.ts";
import { newReleaseId, type Release } from "../release/release.ts";
import { withEnvironment } from "../release/with-environment.ts";
import { asCommand, type Telling } from "./as-command.ts";
import { besidePlan, type Secrets, sealedFor } from "./beside-plan.ts";
import { bootsIn } from "./boots-in.ts";
import { type BesidePlan, carryOut, newNames } from "./carry-out.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import type { RollbackOptions } from "./deploy-options.ts";
import { deployExitCode, deployResult, deploySummary } from "./deploy-result.ts";
import { noteLeft, toldLeft } from "./note-left.ts";
import { neededSecrets } from "./order.ts";
import { openProject, type Project, performer, registryLogin } from "./project.ts";
import { proxyImage, question, warnOfHosts } from "./proxy-wanted.ts";
import type { DeployResult } from "./result.ts";
import { scopeOf } from "./scope.ts";
import { latestTag } from "./ship.ts";
import { underLock } from "./under-lock.ts";

/**
 * Goes back to a release as it was recorded, environment and all unless told otherwise. Neither git
 * nor, where the image is still on the hosts, the registry is needed.
 *
 * @throws DeployError; its `state` says what serves
 */
export function rollback(context: CommandContext, options: RollbackOptions): Promise<DeployResult> {
  return asCommand(
    "rollback",
    context,
    (telling) => goBack(context, options, telling),
    deploySummary,
    deployExitCode,
  );
}

async function goBack(
  context: CommandContext,
  options: RollbackOptions,
  telling: Telling,
): Promise<DeployResult> {
  const project = await openProject(context);
  const { config } = project;
  const wanted = options.to ?? context.version;
  const scope = scopeOf(config, options);
  const targets = scope.targets.map(({ host }) => host);
  telling.started({ service: config.app, version: wanted, hosts: targets });
  const values = options.currentEnv ? await neededSecrets(project) : null;
  const reached = await connectAll(context, project, scope, telling);
  using fleet = reached.fleet;

  // Awaited here, since the connections are closed when this function returns.
  return await underLock("rollback", wanted, fleet, context, project, async (lock) => {
    const observed = await observeFleet(fleet, question(context, project));
    const states = observed.filter(({ host }) => targets.includes(host));
    warnOfHosts(states, config, context, telling);
    const recorded = chooseRollback(states, rollbackTarget(wanted));
    const { chosen, beside } =
      values === null
        ? { chosen: recorded, beside: writtenDown(project) }
        : await withTodaysEnvironment(recorded, values, project, fleet, context);
    const byHost = new Map(chosen.map((boot) => [boot.state.host, boot]));
    const boots = bootsIn(scope, states, (state) => byHost.get(state.host) ?? null);
    const left = await noteLeft({ project, scope }, fleet, reached.left, boots, context);
    const release = releaseOf(boots);
    const plan = planRelease({
      release,
      boots,
      left,
      // Whoever goes back flees from what serves: that is no measure.
      rollout: { ...rolloutOf(config), bakeMs: 0 },
      proxy: { image: proxyImage(context), run: config.proxyRun },
      tags: [latestTag(config)],
      retain: null,
      at: context.clock.now(),
      newNames: newNames(context.random),
    });
    const memory = await carryOut(plan, boots, fleet, lock, beside, context, project, telling);
    const { service, destination } = config;
    const timings = { totalMs: telling.elapsedMs(), buildMs: 0, phases: telling.phases };
    return deployResult({
      service,
      destination,
      release,
      hosts: decisions(states, boots),
      boots,
      plan,
      memory,
      timings,
      leftBehind: reached.left.map(toldLeft),
    });
  });
}

function decisions(states: FleetState, boots: readonly HostBoot[]): HostDecision[] {
  return states.map((state): HostDecision => {
    const serving = state.records.find(({ release }) => release === state.active?.release) ?? null;
    const boot = boots.find((one) => one.state === state);
    const changes = boot === undefined ? [] : changesBetween(serving, boot.record);
    return { host: state.host, action: "boot", changes, drift: [] };
  });
}

/** What is secret was written down when the release was new; only a pull may need a login. */
export function writtenDown({ config, secrets }: Project): BesidePlan {
  return {
    login: () => registryLogin(config.registry, secrets),
    environment: () => ({}),
    certificate: () => null,
    checksumKey: () => "",
  };
}

/** The recorded releases as new ones, with the environment that they would have if they were deployed now. */
async function withTodaysEnvironment(
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

function releaseOf(boots: readonly HostBoot[]): Release {
  const [first] = boots;
  if (first === undefined) throw new RangeError("a rollback without hosts was let through");
  const { release, version, image } = first.record;
  return { id: release, version, image };
}
