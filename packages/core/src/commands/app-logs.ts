import { type AppContainer, appContainers, worthReading } from "../containers/app-containers.ts";
import { containerLog, type LogLine } from "../containers/container-log.ts";
import { followApp } from "../containers/follow-app.ts";
import { mergeByTime } from "../containers/merge-by-time.ts";
import { sinceSeconds } from "../containers/since.ts";
import { DeployError } from "../errors/index.ts";
import { hostFailure } from "../hosts/failure.ts";
import { openFleet } from "../hosts/fleet.ts";
import type { Host } from "../hosts/host.ts";
import { asCommand, type Telling } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { LogsOptions } from "./look-options.ts";
import { fleetRequest, openProject } from "./project.ts";
import { chooseTargets, type Target } from "./targets.ts";

/** How many lines a log that is followed begins with. */
const FOLLOW_LINES = 10;

/** A line with where it comes from. */
type SourceLine = LogLine & { host: string; container: string };

/**
 * Tells the app's log lines as `output` events whose source is the container's name: of all hosts in
 * order of time, or as they come when they are followed. Following goes on through deploys.
 *
 * @throws DeployError USAGE for a pattern or time that is none; HOST_* where a host is out of reach
 */
export function appLogs(context: CommandContext, options: LogsOptions): Promise<void> {
  return asCommand(
    "app logs",
    context,
    async (telling) => {
      const since = options.since === null ? null : String(sinceSeconds(options.since, context.clock.now()));
      const tell = teller(telling, options);
      const project = await openProject(context);
      const targets = chooseTargets(project.config, options.filter);
      const names = targets.map(({ host }) => host);
      telling.started({ service: project.config.app, version: null, hosts: names });
      using fleet = await openFleet(await fleetRequest(context, project, names));
      const reading: Reading = { app: project.config.app, since, options, signal: context.signal };
      if (options.follow) {
        const lines = options.lines ?? FOLLOW_LINES;
        await Promise.all(
          targets.map((target) => follow(fleet.host(target.host), target, lines, reading, tell)),
        );
      } else {
        const logs = await Promise.all(
          targets.map((target) => logsOf(fleet.host(target.host), target, reading)),
        );
        for await (const line of mergeByTime(logs.flat())) tell(line);
      }
    },
    () => "",
  );
}

/** What is read, the same for every host. */
interface Reading {
  app: string;
  /** Seconds since the epoch. */
  since: string | null;
  options: LogsOptions;
  signal: AbortSignal;
}

async function logsOf(host: Host, target: Target, reading: Reading): Promise<AsyncGenerator<SourceLine>[]> {
  const containers = await found(host, reading.app);
  const wish = { follow: false, lines: reading.options.lines, since: reading.since };
  return target.roles
    .flatMap((role) => worthReading(containers, role.name))
    .map((container) => {
      const lines = containerLog(host.docker.getContainer(container.id), wish, reading.signal);
      return withSource(lines, host.name, container.name);
    });
}

async function follow(
  host: Host,
  { roles }: Target,
  lines: number,
  { app, since, signal }: Reading,
  tell: (line: SourceLine) => void,
): Promise<void> {
  const names = roles.map(({ name }) => name);
  const told = (container: string, line: LogLine) => tell({ ...line, host: host.name, container });
  try {
    await followApp(
      host.docker,
      { app, roles: names, lines, since },
      AbortSignal.any([signal, host.lost]),
      told,
    );
    host.lost.throwIfAborted();
  } catch (error) {
    throw hostFailure(host.name, "follow the log", error);
  }
}

async function* withSource(
  lines: AsyncGenerator<LogLine>,
  host: string,
  container: string,
): AsyncGenerator<SourceLine> {
  try {
    for await (const line of lines) yield { ...line, host, container };
  } catch (error) {
    throw hostFailure(host, "read the log", error);
  }
}

async function found(host: Host, app: string): Promise<AppContainer[]> {
  try {
    return await appContainers(host.docker, app);
  } catch (error) {
    throw hostFailure(host.name, "look for containers", error);
  }
}

function teller({ emit }: Telling, { grep, timestamps }: LogsOptions): (line: SourceLine) => void {
  const pattern = grep === null ? null : regularExpression(grep);
  return ({ host, container, stream, at, text }) => {
    if (pattern !== null && !pattern.test(text)) return;
    emit({ type: "output", source: container, host, stream, text: timestamps ? `${at} ${text}` : text });
  };
}

function regularExpression(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DeployError(
      "USAGE",
      { cause: `${JSON.stringify(text)} is no regular expression: ${reason}`, state: "unchanged" },
      { cause: error },
    );
  }
}
