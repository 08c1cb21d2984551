import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mustRun } from "../process/command.ts";
import { inStaging } from "../staging.ts";
import { Apt } from "./apt.ts";
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

/**
 * Fetches and unpacks packages into a folder of ours, once: nothing is installed. The folder
 * appears complete or not at all, so a run killed half-way leaves nothing to be trusted by mistake.
 *
 * @throws HarnessError `DOWNLOAD_FAILED`
 */
export async function unpackedPackages(
  folder: string,
  wanted: { system: OperatingSystem; plan: PackagePlan },
  context: { say: (line: string) => void; signal: AbortSignal },
): Promise<Unpacked> {
  const names = [...wanted.plan.own, ...wanted.plan.trixie];
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([wanted, process.arch]))
    .digest("hex");
  const place = join(folder, fingerprint.slice(0, 12));
  if (!existsSync(place)) {
    context.say(`Downloading ${names.join(", ")} into ${place} (nothing is installed)`);
    await inStaging(folder, async (staging) => {
      const made = join(staging, "made");
      await fetchAndUnpack(made, wanted, context.signal);
      await rename(made, place).catch((error: NodeJS.ErrnoException) => {
        // Another run was quicker; its result is as good.
        if (!existsSync(place)) throw error;
      });
    });
  }
  const own = join(place, "own");
  return { own, docker: wanted.plan.trixie.length > 0 ? join(place, "docker") : own };
}

async function fetchAndUnpack(
  staging: string,
  { system, plan }: { system: OperatingSystem; plan: PackagePlan },
  signal: AbortSignal,
): Promise<void> {
  const own = join(staging, "own");
  const ofSystem = await Apt.ofSystem(join(staging, "apt-own"), signal);
  await unpack(await ofSystem.fetchMissing(plan.own), own, signal);
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
