import { type AppContainer, appContainers } from "../containers/app-containers.ts";
import { type ExecWish, execName } from "../containers/exec-spec.ts";
import type { OutputLine } from "../containers/output-lines.ts";
import { type ExecOutput, runDetached, runInNew, runInRunning } from "../containers/run-exec.ts";
import { DeployError } from "../errors/index.ts";
import { hostFailure } from "../hosts/failure.ts";
import { openFleet } from "../hosts/fleet.ts";
import type { Host } from "../hosts/host.ts";
import { together } from "../hosts/together.ts";
import { stopped } from "../run/ending.ts";
import { asCommand, type Telling } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { ExecOptions, ExecResult } from "./look-options.ts";
import { fleetRequest, openProject } from "./project.ts";
import { chooseTargets, type Target } from "./targets.ts";

/**
 * Runs a command once on each chosen host: in a new container like the one that runs, with its image,
 * environment and mounts, or in that one itself. Of a host's roles the first one that runs is taken,
 * the primary role before the others.
 *
 * @throws DeployError RELEASE_UNKNOWN where nothing of the app runs; USAGE without a command
 */
export function appExec(context: CommandContext, options: ExecOptions): Promise<ExecResult> {
  return asCommand(
    "app exec",
    context,
    async (telling) => {
      if (options.place === "detached" && options.terminal !== null)
        throw new DeployError("USAGE", {
          cause: "a command cannot both have your terminal and be left to itself",
          hint: "leave out --detach or --interactive",
          state: "unchanged",
        });
      if (options.command.length === 0)
        throw new DeployError("USAGE", {
          cause: "there is no command to run",
          hint: "deploy app exec -- rails db:migrate",
          state: "unchanged",
        });
      const project = await openProject(context);
      const { config } = project;
      const chosen = chooseTargets(config, options.filter);
      const targets = options.terminal === null ? chosen : chosen.slice(0, 1);
      const names = targets.map(({ host }) => host);
      telling.started({ service: config.app, version: null, hosts: names });
      using fleet = await openFleet(await fleetRequest(context, project, names));
      const outcomes = await Promise.allSettled(
        targets.map((target) =>
          runOn(fleet.host(target.host), target, config.app, options, context, telling),
        ),
      );
      if (context.signal.aborted) throw stopped(context.signal);
      const failed = outcomes.flatMap((outcome, index) =>
        outcome.status === "rejected"
          ? [hostFailure(names[index] ?? "", "run the command", outcome.reason)]
          : [],
      );
      if (failed.length > 0) throw together(failed);
      return {
        hosts: outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : [])),
      };
    },
    ({ hosts }) => hosts.map(({ host, exitCode }) => `${host} ended with ${exitCode}`).join(", "),
  );
}

async function runOn(
  host: Host,
  target: Target,
  app: string,
  options: ExecOptions,
  { random, signal }: CommandContext,
  { emit }: Telling,
): Promise<ExecResult["hosts"][number]> {
  const { docker } = host;
  const { command, env, place, terminal } = options;
  const running = runningIn(target, await appContainers(docker, app), app);
  const wish: ExecWish = { command, env, terminal: terminal !== null };
  const name = place === "running" ? running.name : execName(running.name, running.version, random.hex(3));
  const tell = (line: OutputLine) => emit({ type: "output", source: name, host: host.name, ...line });
  const output: ExecOutput = terminal === null ? { lines: tell } : { terminal };
  const either = AbortSignal.any([signal, host.lost]);
  const exitCode = await {
    new: () => runInNew(docker, running.id, name, wish, output, either),
    running: () => runInRunning(docker, running.id, wish, output, either),
    detached: () => runDetached(docker, running.id, name, wish, output),
  }[place]();
  return { host: host.name, container: name, exitCode };
}

function runningIn({ host, roles }: Target, containers: readonly AppContainer[], app: string): AppContainer {
  for (const role of roles) {
    const found = containers.find((container) => container.running && container.role === role.name);
    if (found !== undefined) return found;
  }
  throw new DeployError("RELEASE_UNKNOWN", {
    cause: `nothing of ${app} runs on ${host}`,
    host,
    hint: "deploy it first; deploy details shows what is there",
    state: "unchanged",
  });
}
