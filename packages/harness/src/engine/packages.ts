import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../harness-error.ts";
import { mustRun } from "../process/command.ts";
import { inStaging } from "../staging.ts";
import { Apt } from "./apt.ts";
import { lackingOf } from "./needs.ts";
import type { OperatingSystem } from "./os-release.ts";
import type { PackagePlan } from "./package-plan.ts";

/** Where the programs of a set of unpacked packages are. */
export interface Unpacked {
  /** Packages of this system's release: programs and the libraries they need. */
  own: string;
  /** Docker's, from Debian 13. The same folder as `own` where the system is recent. */
  docker: string;
}

/** Debian's keys, where the package of that name puts them. */
const KEYRING = "usr/share/keyrings/debian-archive-keyring.gpg";

/** A set of packages, and what it is used for. */
export interface WantedPackages {
  system: OperatingSystem;
  plan: PackagePlan;
  /** The environment in which what was unpacked is used. */
  environment: (unpacked: Unpacked) => Promise<NodeJS.ProcessEnv>;
}

/** What was unpacked, and the environment in which its programs start. */
export interface UnpackedPackages {
  unpacked: Unpacked;
  env: NodeJS.ProcessEnv;
}

/**
 * Fetches and unpacks packages into a folder of ours, once: nothing is installed. The folder
 * appears complete or not at all, so a run killed half-way leaves nothing to be trusted by mistake.
 *
 * Of what they depend on, only what the system lacked at that time is fetched. The system may lack
 * more by now, so what is needed is looked for each time, and all is fetched again if it has gone.
 *
 * @throws HarnessError `DOWNLOAD_FAILED`; `ENGINE_FAILED` when what is needed is not there even
 *   though all was fetched.
 */
export async function unpackedPackages(
  folder: string,
  wanted: WantedPackages,
  context: { say: (line: string) => void; signal: AbortSignal },
): Promise<UnpackedPackages> {
  const { plan } = wanted;
  const place = join(folder, fingerprint(wanted));
  const own = join(place, "own");
  const unpacked = { own, docker: plan.trixie.length > 0 ? join(place, "docker") : own };
  const look = async () => {
    const env = await wanted.environment(unpacked);
    return { env, lacking: await lackingOf(plan.needs, env, context.signal) };
  };
  const fetched = `${[...plan.own, ...plan.trixie].join(", ")} into ${place} (nothing is installed)`;

  if (existsSync(place)) {
    const { env, lacking } = await look();
    if (lacking.length === 0) return { unpacked, env };
    context.say(`Downloading again, since ${lacking.join(" and ")}: ${fetched}`);
  } else {
    context.say(`Downloading ${fetched}`);
  }
  await inStaging(folder, async (staging) => {
    const made = join(staging, "made");
    await fetchAndUnpack(made, wanted, context.signal);
    await putInPlace(made, place, join(staging, "former"));
  });
  const { env, lacking } = await look();
  if (lacking.length > 0) throw stillLacking(lacking, plan);
  return { unpacked, env };
}

function fingerprint({ system, plan: { own, trixie } }: WantedPackages): string {
  const wanted = JSON.stringify([{ system, plan: { own, trixie } }, process.arch]);
  return createHash("sha256").update(wanted).digest("hex").slice(0, 12);
}

/** Programs of the former set that still run keep their files; it is removed with the staging folder. */
async function putInPlace(made: string, place: string, former: string): Promise<void> {
  await rename(place, former).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(made, place).catch((error: NodeJS.ErrnoException) => {
    // Another run was quicker; its result is as good.
    if (!existsSync(place)) throw error;
  });
}

function stillLacking(lacking: string[], plan: PackagePlan): HarnessError {
  return new HarnessError("ENGINE_FAILED", {
    cause: `Debian's packages were fetched, but ${lacking.join(" and ")}`,
    hint: `This system's own libraries may be damaged: sudo apt-get install --reinstall ${plan.own.join(" ")}`,
  });
}

async function fetchAndUnpack(
  staging: string,
  { system, plan }: WantedPackages,
  signal: AbortSignal,
): Promise<void> {
  const own = join(staging, "own");
  const ofSystem = await Apt.ofSystem(join(staging, "apt-own"), signal);
  await unpack(await ofSystem.fetchWithMissing(plan.own), own, signal);
  if (plan.trixie.length > 0) {
    const freshKeyring = join(own, KEYRING);
    const release = {
      codename: "trixie",
      mirror: await ofSystem.mirror(system.codename),
      // Already installed, and therefore not fetched, where it is not in our folder.
      keyring: existsSync(freshKeyring) ? freshKeyring : join("/", KEYRING),
    };
    const ofTrixie = await Apt.ofRelease(join(staging, "apt-trixie"), release, signal);
    await unpack(await ofTrixie.fetch(plan.trixie), join(staging, "docker"), signal);
  }
  await rm(join(staging, "apt-own"), { recursive: true });
  await rm(join(staging, "apt-trixie"), { recursive: true, force: true });
  await writeFile(join(staging, "plan.json"), `${JSON.stringify(plan, null, 2)}\n`);
}

async function unpack(archives: string, target: string, signal: AbortSignal): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const name of await readdir(archives)) {
    if (!name.endsWith(".deb")) continue;
    const doing = { doing: `Unpacking ${name}`, code: "ENGINE_FAILED" } as const;
    await mustRun(doing, "dpkg-deb", ["--extract", join(archives, name), target], { signal });
  }
}
