import type { ContainerSettings } from "../../docker-options/container-settings.ts";
import { type DockerFlags, translateDockerFlags } from "../../docker-options/translate.ts";
import { splitWords } from "../../docker-options/words.ts";
import type { Path } from "../parse/tree.ts";
import type { LoggingFile } from "../schema/logging.ts";
import type { Report } from "./report.ts";

/** Docker keeps a container's log without end unless told; this is what Kamal tells it. */
const defaultLogOptions = { "max-size": "10m" };

/** A role's `logging` over the root's. */
export function mergeLogging(root: LoggingFile | undefined, role: LoggingFile | undefined): LoggingFile {
  return { ...root, ...role, options: { ...root?.options, ...role?.options } };
}

/** Where the parts of a container's settings were written, for messages. */
export interface ContainerPaths {
  options: Path;
  volumes: Path;
  logging: Path;
  port: Path;
}

/**
 * `options`, `volumes`, `logging` and ports as the Engine API has them, restarting always unless told
 * otherwise: after a crash of the engine `unless-stopped` leaves containers down (decision 0122).
 */
export function resolveContainer(
  flags: DockerFlags,
  paths: ContainerPaths,
  report: Report,
): ContainerSettings {
  const driver = flags.logging?.driver;
  const options = flags.logging?.options ?? {};
  // Another driver, named as a flag, would refuse an option that is json-file's.
  const otherDriver = flags.options?.["log-driver"] !== undefined;
  const plain = driver === undefined && Object.keys(options).length === 0 && !otherDriver;
  const logging = plain
    ? { options: defaultLogOptions }
    : { ...(driver === undefined ? {} : { driver }), options };
  const withRestart =
    "restart" in (flags.options ?? {}) ? flags.options : { restart: "always", ...flags.options };
  const { settings, problems } = translateDockerFlags({ ...flags, options: withRestart ?? {}, logging });
  for (const { path, message } of problems) {
    const [part, ...rest] = path;
    const base = paths[part as keyof ContainerPaths] ?? paths.options;
    report.problem([...base, ...rest], message);
  }
  return settings;
}

/** A command as words: a line is split as a shell would, without expanding anything. */
export function commandWords(
  cmd: string | string[] | undefined,
  path: Path,
  report: Report,
): string[] | null {
  if (cmd === undefined) return null;
  if (Array.isArray(cmd)) return cmd;
  const split = splitWords(cmd);
  if ("problem" in split) report.problem(path, split.problem);
  return "words" in split ? split.words : [];
}

/** Labels that are ours to set. */
const reserved = ["service", "role", "destination"];

export function checkLabels(labels: Record<string, string> | undefined, path: Path, report: Report): void {
  for (const name of Object.keys(labels ?? {})) {
    if (reserved.includes(name))
      report.problem([...path, name], `the label ${name} is set by the deploy itself`);
  }
}
