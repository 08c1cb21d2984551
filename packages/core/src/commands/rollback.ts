import { takeLock } from "../lock/take-lock.ts";
import { observeFleet } from "../observe/observe.ts";
import type { HostBoot } from "../plan/boot.ts";
import { chooseRollback } from "../plan/choose-rollback.ts";
import { planRelease } from "../plan/deploy-plan.ts";
import type { Release } from "../release/release.ts";
import { asCommand, type Telling } from "./as-command.ts";
import { carryOut, newNames } from "./carry-out.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import type { RollbackOptions } from "./deploy-options.ts";
import { deployResult, deploySummary } from "./deploy-result.ts";
import { openProject, registryLogin } from "./project.ts";
import type { DeployResult } from "./result.ts";
import { latestTag, lockRequest, proxyImage, question } from "./ship.ts";

/**
 * Goes back to a release as it was recorded, environment and all. Neither git nor, where the image
 * is still on the hosts, the registry is needed.
 *
 * @throws DeployError; its `state` says what serves
 */
export function rollback(context: CommandContext, options: RollbackOptions): Promise<DeployResult> {
  return asCommand("rollback", context, (telling) => goBack(context, options, telling), deploySummary);
}

async function goBack(
  context: CommandContext,
  options: RollbackOptions,
  telling: Telling,
): Promise<DeployResult> {
  const startedAt = context.clock.monotonic();
  const project = await openProject(context);
  const { config, secrets } = project;
  const wanted = options.version ?? context.version;
  telling.started({ service: config.app, version: wanted, hosts: config.appHosts });
  using fleet = await connectAll(context, project, telling);
  const lock = await takeLock(
    fleet.hosts,
    lockRequest("rollback", wanted ?? "the one before", context, project),
  );
  try {
    const boots = chooseRollback(await observeFleet(fleet, question(context, project)), wanted);
    const release = releaseOf(boots);
    const plan = planRelease({
      release,
      boots,
      proxy: { image: proxyImage(context), run: config.proxyRun },
      writeRecords: false,
      tags: [latestTag(config)],
      retain: null,
      at: context.clock.now(),
      newNames: newNames(context.random),
    });
    // What is secret was written down when the release was new.
    const secret = {
      login: () => registryLogin(config.registry, secrets),
      environment: () => ({}),
      certificate: () => null,
    };
    const memory = await carryOut(plan, context, project, { fleet, lock, ...secret }, telling);
    const totalMs = Math.round(context.clock.monotonic() - startedAt);
    const { service, destination } = config;
    return deployResult({ service, destination, release, boots, memory, timings: { totalMs, buildMs: 0 } });
  } finally {
    await lock.release();
  }
}

function releaseOf(boots: readonly HostBoot[]): Release {
  const [first] = boots;
  if (first === undefined) throw new RangeError("a rollback without hosts was let through");
  const { release, version, image } = first.record;
  return { id: release, version, image };
}
