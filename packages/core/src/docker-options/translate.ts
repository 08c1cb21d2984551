import { nearest } from "../config/validate/nearest.ts";
import type { ContainerSettings } from "./container-settings.ts";
import type { Flag } from "./flag.ts";
import { allFlags, flagAliases } from "./flags/all.ts";
import { onOrOff } from "./values.ts";

/** What a flag was given: text, several texts, or nothing but its name (true). */
export type FlagValue = string | boolean | string[];

/** What a configuration says of a container in `docker run`'s words. */
export interface DockerFlags {
  /** By the flag's long name, without dashes. */
  options?: Record<string, FlagValue>;
  volumes?: string[];
  logging?: { driver?: string | undefined; options?: Record<string, string> | undefined };
  /** Values of `--publish`. */
  ports?: string[];
}

/** What cannot be translated, and where it stands: `["options", "memori"]`. */
interface FlagProblem {
  path: (string | number)[];
  message: string;
}

export interface Translation {
  settings: ContainerSettings;
  problems: FlagProblem[];
}

/** Flags of `docker run` as the Engine API takes them. All that is wrong is said at once. */
export function translateDockerFlags(flags: DockerFlags): Translation {
  const settings: ContainerSettings = { HostConfig: {} };
  const problems: FlagProblem[] = [];
  const given = new Map<string, FlagValue>();
  for (const [written, value] of Object.entries(flags.options ?? {})) {
    const name = flagAliases[written] ?? written;
    if (Object.hasOwn(allFlags, name)) given.set(name, value);
    else problems.push({ path: ["options", written], message: unknownFlag(written) });
  }
  for (const [name, flag] of Object.entries(allFlags)) {
    const value = given.get(name);
    if (value === undefined) continue;
    for (const message of applied(flag, settings, value)) problems.push({ path: ["options", name], message });
  }
  applyEach("volume", flags.volumes ?? [], "volumes", settings, problems);
  applyEach("publish", flags.ports ?? [], "port", settings, problems);
  applyLogging(flags.logging, settings, problems);
  return { settings, problems };
}

function applied(flag: Flag, settings: ContainerSettings, value: FlagValue): string[] {
  if (flag.takes === "nothing") return [`is not for a deploy: ${flag.because}`];
  if (flag.takes === "switch") {
    const on = typeof value === "boolean" ? value : Array.isArray(value) ? null : onOrOff(value);
    return on === null ? ["expected true or false"] : some(flag.set(settings, on));
  }
  if (value === true) return ["needs a value"];
  const values = Array.isArray(value) ? value : [String(value)];
  if (flag.takes === "value" && values.length !== 1) return ["can be given once only"];
  return values.flatMap((one) => some(flag.set(settings, one)));
}

function some(message: string | undefined): string[] {
  return message === undefined ? [] : [message];
}

function applyEach(
  name: "volume" | "publish",
  values: string[],
  part: "volumes" | "port",
  settings: ContainerSettings,
  problems: FlagProblem[],
): void {
  const flag = allFlags[name];
  for (const [index, value] of values.entries()) {
    if (!flag) continue;
    const path = part === "port" ? [part] : [part, index];
    for (const message of applied(flag, settings, [value])) problems.push({ path, message });
  }
}

function applyLogging(
  logging: DockerFlags["logging"],
  settings: ContainerSettings,
  problems: FlagProblem[],
): void {
  const { "log-driver": driver, "log-opt": option } = allFlags;
  if (logging?.driver !== undefined && driver) applied(driver, settings, logging.driver);
  // What `options` say of the log is more exact than the default options given here.
  for (const [name, value] of Object.entries(logging?.options ?? {})) {
    if (!option) continue;
    for (const message of applied(option, settings, [`${name}=${value}`])) {
      problems.push({ path: ["logging", "options", name], message });
    }
  }
}

function unknownFlag(name: string): string {
  const meant = nearest(name.replaceAll("_", "-"), Object.keys(allFlags));
  return meant === null
    ? "docker run has no such flag"
    : `docker run has no such flag; did you mean ${meant}?`;
}
