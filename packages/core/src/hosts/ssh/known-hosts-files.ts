import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DeployError } from "../../errors/index.ts";
import { entriesFor, type KnownHost, keyAlgorithm, knownHostsName, parseKnownHosts } from "./known-hosts.ts";

/** Where host keys that the project trusts are pinned, relative to its folder. */
const PINNED_FILE = ".cutover/known_hosts";

/** Where known_hosts files lie on this machine. */
export interface KnownHostsPlaces {
  /** The project's folder. */
  cwd: string;
  /** The user's home folder. */
  home: string;
  /** Further ones, absolute, as ssh_config names them. */
  more?: readonly string[];
}

/**
 * Reads every known_hosts file there is: the project's, the user's, the machine's.
 *
 * @throws DeployError CONFIG_INVALID when one is there and cannot be read
 */
export async function readKnownHosts(places: KnownHostsPlaces): Promise<KnownHost[]> {
  const files = [
    join(places.cwd, PINNED_FILE),
    join(places.home, ".ssh/known_hosts"),
    join(places.home, ".ssh/known_hosts2"),
    "/etc/ssh/ssh_known_hosts",
    ...(places.more ?? []),
  ];
  const texts = await Promise.all(files.map(readIfThere));
  return files.flatMap((file, index) => parseKnownHosts(texts[index] ?? "", file));
}

/**
 * Pins a key in the project, in place of what was pinned there for the host before.
 *
 * @returns the file written to
 */
export async function pinKey(
  places: KnownHostsPlaces,
  host: string,
  port: number,
  key: Buffer,
): Promise<string> {
  const file = join(places.cwd, PINNED_FILE);
  await mkdir(dirname(file), { recursive: true });
  const before = await readIfThere(file);
  const outdated = new Set(entriesFor(parseKnownHosts(before, file), host, port).map((entry) => entry.line));
  const kept = before.split("\n").filter((line, index) => line !== "" && !outdated.has(index + 1));
  kept.push(`${knownHostsName(host, port)} ${keyAlgorithm(key)} ${key.toString("base64")}`);
  await writeFile(`${file}.new`, `${kept.join("\n")}\n`);
  await rename(`${file}.new`, file);
  return file;
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return "";
    throw new DeployError(
      "CONFIG_INVALID",
      { cause: `${file} cannot be read`, details: [String(error)], state: "unchanged" },
      { cause: error },
    );
  }
}
