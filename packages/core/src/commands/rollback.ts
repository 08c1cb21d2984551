import type { FleetState } from "../observe/host-state.ts";
import { type HostBoot, releaseOf } from "../plan/boot.ts";
import { changesBetween } from "../plan/changes.ts";
import { chooseRollback } from "../plan/choose-rollback.ts";
import type { HostDecision } from "../plan/decide.ts";
import { planRelease } from "../plan/deploy-plan.ts";
import { rollbackTarget } from "../plan/rollback-target.ts";
import { rolloutOf } from "../plan/rollout.ts";
import { asCommand, type Telling } from "./as-command.ts";
import { bootsIn } from "./boots-in.ts";
import { carryOut, newNames } from "./carry-out.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import type { RollbackOptions } from "./deploy-options.ts";
import { deployExitCode, deployResult, deploySummary } from "./deploy-result.ts";
import { noteLeft, toldLeft } from "./note-left.ts";
import { neededSecrets } from "./order.ts";
import { openProject } from "./project.ts";
import { proxyImage, warnOfHosts } from "./proxy-wanted.ts";
import type { DeployResult } from "./result.ts";
import { scopeOf } from "./scope.ts";
import { latestTag } from "./ship.ts";
import { withTodaysEnvironment } from "./todays-environment.ts";
import { underLock } from "./under-lock.ts";
import { writtenDown } from "./written-down.ts";

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
  const target = rollbackTarget(wanted);
  const scope = scopeOf(config, options);
  const targets = scope.targets.map(({ host }) => host);
  telling.started({ service: config.app, version: wanted, hosts: targets });
  const values = options.currentEnv ? await neededSecrets(project, context) : null;
  const reached = await connectAll(context, project, scope, telling);
  using fleet = reached.fleet;

  // Awaited here, since the connections are closed when this function returns.
  return await underLock("rollback", wanted, { fleet, context, project, telling }, async (observed, at) => {
    const states = observed.filter(({ host }) => targets.includes(host));
    warnOfHosts(states, config, context, telling);
    const recorded = chooseRollback(states, target);
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
    const memory = await carryOut(plan, { boots, beside }, at);
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
