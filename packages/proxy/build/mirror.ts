import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { readIfThere } from "./cache.ts";

/** Debian's public image knows where its packages come from. */
const askImage = [
  "run",
  "--rm",
  "debian:trixie-slim",
  "sh",
  "-c",
  "cat /etc/apt/sources.list* 2>&-; cat /etc/apt/sources.list.d/*",
];

/**
 * Where Debian's archive is to be had: what `CUTOVER_DEBIAN_MIRROR` says, else what the sources of
 * this system name, if it is a Debian, else those of Debian's public image.
 *
 * @throws Error when none of these knows
 */
export async function debianMirror(env: NodeJS.ProcessEnv): Promise<string> {
  const said = env["CUTOVER_DEBIAN_MIRROR"] || mirrorIn(await ownSources());
  if (said) return said;
  const { stdout } = await promisify(execFile)("docker", askImage, { env }).catch((error: Error) => {
    throw new Error(`No mirror of Debian's packages is known: set CUTOVER_DEBIAN_MIRROR (${error.message})`);
  });
  const mirror = mirrorIn(stdout);
  if (mirror === null) throw new Error("Debian's image names no mirror: set CUTOVER_DEBIAN_MIRROR");
  return mirror;
}

/** The first main archive in apt's sources, in either of their two forms; updates of security are elsewhere. */
export function mirrorIn(sources: string): string | null {
  const found = /^(?:URIs:|deb(?:\s+\[[^\]]*\])?)\s*.*?(https?:\/\/\S+\/debian)\/?(?:\s|$)/m.exec(sources);
  return found?.[1] ?? null;
}

/** Empty where the system is no Debian: others have such files too, of archives of their own. */
async function ownSources(): Promise<string> {
  const release = await readIfThere("/etc/os-release");
  if (release === null || !/^ID=debian$/m.test(release.toString())) return "";
  const folder = "/etc/apt/sources.list.d";
  const names = (await readdir(folder)).filter((name) => /\.(list|sources)$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(`${folder}/${name}`, "utf8")));
  return [(await readIfThere("/etc/apt/sources.list"))?.toString() ?? "", ...texts].join("\n");
}
