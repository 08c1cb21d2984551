import { buildAndPush } from "../build/build-and-push.ts";
import type { Config } from "../config/config.ts";
import { resolveHostPaths } from "../docker-options/host-paths.ts";
import type { Fleet } from "../hosts/fleet.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { HostState } from "../observe/host-state.ts";
import { observeFleet } from "../observe/observe.ts";
import { registryDigest } from "../observe/registry-digest.ts";
import type { HostBoot } from "../plan/boot.ts";
import { planRelease } from "../plan/deploy-plan.ts";
import { certificateSecrets, ownCertificate } from "../release/certificate.ts";
import { containerEnvironment, type Environment, secretNames } from "../release/environment.ts";
import { readGit } from "../release/git.ts";
import { newRecord } from "../release/new-record.ts";
import { imageByTag, newReleaseId, type Release } from "../release/release.ts";
import { chooseVersion } from "../release/version.ts";
import type { RegistryLogin } from "../steps/registry-login.ts";
import type { Telling } from "./as-command.ts";
import { both } from "./both.ts";
import { carryOut, newNames } from "./carry-out.ts";
import { connectAll } from "./connect-all.ts";
import type { CommandContext } from "./context.ts";
import type { DeployOptions } from "./deploy-options.ts";
import { deployResult } from "./deploy-result.ts";
import { asPhase } from "./phase.ts";
import { openProject, type Project, performer, registryLogin, secretValues } from "./project.ts";
import type { DeployResult } from "./result.ts";
import { refuseUnsupported } from "./unsupported.ts";

/** In what the commands that bring a new release differ. */
export interface ShipKind {
  name: "deploy" | "setup" | "redeploy";
  /** Whether network and proxy are made sure of. */
  ensureProxy: boolean;
  /** Whether releases that are kept no longer are removed. */
  prune: boolean;
}

/** Builds a release and brings it to every host. */
export async function ship(
  kind: ShipKind,
  options: DeployOptions,
  context: CommandContext,
  telling: Telling,
): Promise<DeployResult> {
  const startedAt = context.clock.monotonic();
  const project = await openProject(context);
  const { config, secrets } = project;
  refuseUnsupported(config, telling);
  const git = await readGit(project.workspace);
  const version = chooseVersion({
    flag: context.version,
    env: context.env,
    git,
    buildsWorkingTree: config.builder.context !== null,
    random: context.random,
  });
  telling.started({ service: config.app, version, hosts: config.appHosts });
  const [values, login] = await Promise.all([
    secretValues(secrets, [...secretNames(config), ...certificateSecrets(config)]),
    registryLogin(config.registry, secrets),
  ]);

  // The hosts are reached while the image is built: what is wrong with one is known at once.
  const build = async (signal: AbortSignal) => {
    if (options.skipPush) return { digest: null, ms: 0 };
    return asPhase("build", "Build and push the image", [], telling, context.clock, () =>
      buildAndPush(
        { ...context, signal },
        { config, git, version, layers: options.noCache ? "anew" : "cached", secrets },
      ),
    );
  };
  const connect = (signal: AbortSignal) => connectAll({ ...context, signal }, project, telling);
  const [opened, built] = await both(context.signal, connect, build, (fleet) => fleet[Symbol.dispose]());
  using fleet = opened;

  const tagged = { repository: config.repository, tag: version };
  const digest = built.digest ?? (await skippedDigest(fleet, tagged, login));
  const release: Release = {
    id: newReleaseId(context.clock, context.random),
    version,
    image: { ...tagged, digest },
  };

  const lock = await takeLock(fleet.hosts, lockRequest(kind.name, version, context, project));
  try {
    const states = await observeFleet(fleet, question(context, project));
    const boots = states.map((state) => bootOf(state, release, context, config));
    const plan = planRelease({
      release,
      boots,
      proxy: kind.ensureProxy ? { image: proxyImage(context), run: config.proxyRun } : null,
      writeRecords: true,
      tags: [latestTag(config)],
      retain: kind.prune ? config.retainContainers : null,
      at: context.clock.now(),
      newNames: newNames(context.random),
    });
    const secret = {
      login: async () => login,
      environment: environments(config, version, values),
      certificate: (role: string) => ownCertificate(config, role, values),
    };
    const memory = await carryOut(plan, context, project, { fleet, lock, ...secret }, telling);
    const totalMs = Math.round(context.clock.monotonic() - startedAt);
    const timings = { totalMs, buildMs: Math.round(built.ms) };
    const { service, destination } = config;
    return deployResult({ service, destination, release, boots, memory, timings });
  } finally {
    await lock.release();
  }
}

/** The proxy's image as hosts know it; its version is ours. */
export function proxyImage({ toolVersion }: CommandContext): string {
  return `cutover-proxy:${toolVersion}`;
}

/** What is looked for on the hosts. */
export function question(context: CommandContext, { config, folders }: Project) {
  return { app: config.app, folders, repository: config.repository, proxyImage: proxyImage(context) };
}

/** Who wants the lock, and for what. */
export function lockRequest(command: string, version: string, context: CommandContext, project: Project) {
  const { clock, random, events } = context;
  return { folders: project.folders, command, version, by: performer(context), clock, random, events };
}

function skippedDigest(
  fleet: Fleet,
  image: { repository: string; tag: string },
  login: RegistryLogin | null,
): Promise<string> {
  const [host] = fleet.hosts;
  if (host === undefined) throw new RangeError("a configuration without hosts was let through");
  return registryDigest(host, imageByTag({ ...image, digest: "" }), login);
}

function bootOf(state: HostState, release: Release, context: CommandContext, config: Config): HostBoot {
  const origin = {
    createdAt: context.clock.now(),
    createdBy: performer(context),
    toolVersion: context.toolVersion,
  };
  const record = newRecord(config, state.host, release, origin, context.random, (settings) =>
    resolveHostPaths(settings, state.home),
  );
  return { state, record };
}

/** `latest`, or with a destination `latest-staging`. */
export function latestTag({ destination }: Config): string {
  return destination === null ? "latest" : `latest-${destination}`;
}

function environments(config: Config, version: string, values: ReadonlyMap<string, string>) {
  return (host: string, name: string): Environment => {
    const role = config.roles.find((one) => one.name === name);
    const place = role?.hosts.find((one) => one.host === host);
    if (role === undefined || place === undefined) return {};
    const { destination } = config;
    const self = { container: `${role.containerPrefix}-${version}`, version, host, destination };
    return containerEnvironment(place.env, self, values);
  };
}
