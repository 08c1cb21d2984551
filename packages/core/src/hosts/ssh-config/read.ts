import { glob, readFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import type { Ssh } from "../../config/config.ts";
import { DeployError } from "../../errors/index.ts";
import type { SshConfigEntry } from "./entry.ts";
import { parseSshConfig } from "./parse.ts";

/** OpenSSH's own bound on files that include each other. */
const DEEPEST_INCLUDE = 16;

/** Where ssh_config files are looked for. */
export interface SshConfigPlaces {
  /** The user's home folder. */
  home: string;
  /** The project's folder, from which files that the configuration names are found. */
  cwd: string;
}

/**
 * Reads the ssh_config files that the configuration wants: the user's and the system's, none, or
 * those it names.
 *
 * @throws DeployError CONFIG_INVALID when a file cannot be read or is none
 */
export async function readSshConfig(
  wanted: Ssh["configFiles"],
  places: SshConfigPlaces,
): Promise<SshConfigEntry[]> {
  if (wanted === "none") return [];
  const named = wanted !== "default";
  const files = named
    ? wanted.map((file) => located(file, places.cwd, places.home))
    : [join(places.home, ".ssh/config"), "/etc/ssh/ssh_config"];
  const read = await Promise.all(files.map((file) => readOne(file, named, places.home, 0)));
  return read.flat();
}

async function readOne(
  file: string,
  mustExist: boolean,
  home: string,
  depth: number,
): Promise<SshConfigEntry[]> {
  const text = await readText(file, mustExist);
  const include = async (pattern: string) => {
    if (depth === DEEPEST_INCLUDE) throw unusable(file, new Error("its includes are nested too deeply"));
    const base = file.startsWith("/etc/") ? dirname(file) : join(home, ".ssh");
    const files: string[] = [];
    for await (const found of glob(located(pattern, base, home))) files.push(found);
    const read = await Promise.all(files.sort().map((one) => readOne(one, false, home, depth + 1)));
    return read.flat();
  };
  try {
    return await parseSshConfig(text, include);
  } catch (error) {
    throw error instanceof DeployError ? error : unusable(file, error);
  }
}

async function readText(file: string, mustExist: boolean): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (missing && !mustExist) return "";
    throw unusable(file, error);
  }
}

function located(file: string, base: string, home: string): string {
  if (file.startsWith("~/")) return join(home, file.slice(2));
  return isAbsolute(file) ? file : join(base, file);
}

function unusable(file: string, error: unknown): DeployError {
  const reason = error instanceof Error ? error.message : String(error);
  return new DeployError(
    "CONFIG_INVALID",
    {
      cause: `${file} cannot be used as an ssh_config: ${reason}`,
      hint: "mend it (ssh -G NAME shows how ssh reads it), or do without: ssh.config: false",
      state: "unchanged",
    },
    { cause: error },
  );
}
