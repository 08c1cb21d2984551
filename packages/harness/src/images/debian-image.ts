import { createReadStream, existsSync } from "node:fs";
import { readdir, rename } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type Dockerode from "dockerode";
import { Apt } from "../engine/apt.ts";
import type { PackagePlan } from "../engine/package-plan.ts";
import { type Unpacked, unpackedPackages } from "../engine/packages.ts";
import { readSystem } from "../engine/probe.ts";
import { HarnessError } from "../harness-error.ts";
import { command, mustRun } from "../process/command.ts";
import { inStaging } from "../staging.ts";

/** What the making of a base image needs. */
export interface BaseImageContext {
  docker: Dockerode;
  /** The environment in which the docker command is found. */
  env: NodeJS.ProcessEnv;
  /** The cache folder. */
  cache: string;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** What makes a Debian system from packages, and Debian's keys to check them with. */
const MAKER: PackagePlan = {
  own: ["mmdebstrap", "debian-archive-keyring"],
  trixie: [],
  needs: { programs: [], linked: ["mmdebstrap"], plugins: [] },
};

/** What the public image has set too: caches that would only be carried from layer to layer. */
const SMALL = ['Acquire::Languages "none"', 'Dir::Cache::pkgcache ""', 'Dir::Cache::srcpkgcache ""'];

/** Makes an image from Debian's packages that serves where the public `debian:trixie-slim` would. */
export async function makeDebianImage(name: string, context: BaseImageContext): Promise<void> {
  const folder = join(context.cache, "images");
  const tarball = join(folder, `debian-trixie-${process.arch}.tar`);
  if (!existsSync(tarball)) {
    context.say(`Making ${name} from Debian's packages, since it cannot be pulled (about 20 s, once)`);
    await inStaging(folder, async (staging) => {
      await debootstrap(join(staging, "debian.tar"), context);
      await rename(join(staging, "debian.tar"), tarball);
    });
  }
  const [repo, tag] = name.split(":");
  const imported = await context.docker.importImage(createReadStream(tarball), {
    repo,
    tag,
    changes: ['CMD ["bash"]'],
  });
  await new Promise<void>((resolve, reject) => {
    context.docker.modem.followProgress(imported, (error) => (error ? reject(error) : resolve()));
  });
}

async function debootstrap(tarball: string, context: BaseImageContext): Promise<void> {
  const system = await readSystem();
  if (!system || !["debian", "ubuntu"].includes(system.id)) {
    throw new HarnessError("IMAGE_FAILED", {
      cause: "debian:trixie-slim can neither be pulled nor be made on this system",
      hint: "Look whether `docker pull debian:trixie-slim` works.",
    });
  }
  const { program, env, keyring } = await maker(system, context);
  const mirror = system.id === "debian" ? await mirrorOf(system.codename, context) : [];
  await mustRun(
    { doing: "Making a Debian system from packages", code: "IMAGE_FAILED" },
    program,
    [
      ...["--variant=minbase", "--include=ca-certificates", "--format=tar", `--keyring=${keyring}`],
      ...SMALL.map((line) => `--aptopt=${line}`),
      ...["trixie", tarball, ...mirror],
    ],
    { env, signal: context.signal },
  );
}

async function mirrorOf(codename: string, context: BaseImageContext): Promise<string[]> {
  const folder = join(context.cache, "images", "apt");
  const apt = await Apt.ofSystem(folder, context.signal);
  return [await apt.mirror(codename)];
}

/** The system's own mmdebstrap where there is one, else an unpacked one. */
async function maker(system: NonNullable<Awaited<ReturnType<typeof readSystem>>>, context: BaseImageContext) {
  const installed = await command("mmdebstrap", ["--version"]);
  const keyring = "usr/share/keyrings/debian-archive-keyring.gpg";
  if (installed.exitCode === 0 && existsSync(`/${keyring}`)) {
    return { program: "mmdebstrap", env: process.env, keyring: `/${keyring}` };
  }
  const place = join(context.cache, "images", "packages");
  const wanted = { system, plan: MAKER, environment: perlEnvironment };
  const { unpacked, env } = await unpackedPackages(place, wanted, context);
  const { own } = unpacked;
  return {
    program: join(own, "usr/bin/mmdebstrap"),
    env,
    keyring: existsSync(join(own, keyring)) ? join(own, keyring) : `/${keyring}`,
  };
}

/** Perl's modules are found by folder, and a bare system has but the fewest of them installed. */
async function perlEnvironment({ own }: Unpacked): Promise<NodeJS.ProcessEnv> {
  const folders = [join(own, "usr/share/perl5")];
  for (const parent of [join(own, "usr/share/perl"), ...(await architectureFolders(own))]) {
    if (!existsSync(parent)) continue;
    for (const name of await readdir(parent)) folders.push(join(parent, name));
  }
  return {
    ...process.env,
    PATH: [join(own, "usr/bin"), process.env["PATH"] ?? "", "/usr/sbin", "/sbin"].join(delimiter),
    PERL5LIB: folders.join(delimiter),
  };
}

async function architectureFolders(own: string): Promise<string[]> {
  const parent = join(own, "usr/lib");
  if (!existsSync(parent)) return [];
  return (await readdir(parent)).map((name) => join(parent, name, "perl"));
}
