import { observeFleet } from "../observe/observe.ts";
import type { HostBoot } from "../plan/boot.ts";
import { chooseRollback } from "../plan/choose-rollback.ts";
import { planRelease } from "../plan/deploy-plan.ts";
import { rolloutOf } from "../plan/rollout.ts";
import type { Release } from "../release/release.ts";
import { asCommand, type Telling } from "./as-command.ts";
import { bootsIn } from "./boots-in.ts";
import { type BesidePlan, carryOut, newNames } from "./carry-out.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import type { RollbackOptions } from "./deploy-options.ts";
import { deployExitCode, deployResult, deploySummary } from "./deploy-result.ts";
import { noteLeft, toldLeft } from "./note-left.ts";
import { openProject, type Project, registryLogin } from "./project.ts";
import { proxyImage, question, warnOfOtherProxies } from "./proxy-wanted.ts";
import type { DeployResult } from "./result.ts";
import { scopeOf } from "./scope.ts";
import { latestTag } from "./ship.ts";
import { underLock } from "./under-lock.ts";

/**
 * Goes back to a release as it was recorded, environment and all. Neither git nor, where the image
 * is still on the hosts, the registry is needed.
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
  const startedAt = context.clock.monotonic();
  const project = await openProject(context);
  const { config } = project;
  const wanted = options.version ?? context.version;
  const scope = scopeOf(config, options);
  const hosts = scope.targets.map(({ host }) => host);
  telling.started({ service: config.app, version: wanted, hosts });
  const reached = await connectAll(context, project, scope, telling);
  using fleet = reached.fleet;

  // Awaited here, since the connections are closed when this function returns.
  return await underLock("rollback", wanted, fleet, context, project, async (lock) => {
    const states = await observeFleet(fleet, question(context, project));
    warnOfOtherProxies(states, context, telling);
    const targeted = states.filter(({ host }) => hosts.includes(host));
    const chosen = new Map(chooseRollback(targeted, wanted).map((boot) => [boot.state.host, boot]));
    const boots = bootsIn(scope, targeted, (state) => chosen.get(state.host) ?? null);
    const left = await noteLeft({ project, scope }, fleet, reached.left, boots, context);
    const release = releaseOf(boots);
    const plan = planRelease({
      release,
      boots,
      left,
      rollout: rolloutOf(config),
      proxy: { image: proxyImage(context), run: config.proxyRun },
      tags: [latestTag(config)],
      retain: null,
      at: context.clock.now(),
      newNames: newNames(context.random),
    });
    const memory = await carryOut(plan, fleet, lock, writtenDown(project), context, project, telling);
    const totalMs = Math.round(context.clock.monotonic() - startedAt);
    const { service, destination } = config;
    return deployResult({
      service,
      destination,
      release,
      boots,
      plan,
      memory,
      timings: { totalMs, buildMs: 0 },
      leftBehind: reached.left.map(toldLeft),
    });
  });
}

/** What is secret was written down when the release was new; only a pull may need a login. */
function writtenDown({ config, secrets }: Project): BesidePlan {
  return {
    login: () => registryLogin(config.registry, secrets),
    environment: () => ({}),
    certificate: () => null,
  };
}

function releaseOf(boots: readonly HostBoot[]): Release {
  const [first] = boots;
  if (first === undefined) throw new RangeError("a rollback without hosts was let through");
  const { release, version, image } = first.record;
  return { id: release, version, image };
}
