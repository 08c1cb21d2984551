import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Architecture } from "@cutover/core";
import { DeployError } from "@cutover/core/errors";
import type { ImageSearch } from "./archive.ts";
import { archiveIn, packageName } from "./package.ts";

/** The image from the user's cache, brought there by npm when it is not. */
export async function fetched(architecture: Architecture, search: ImageSearch): Promise<string> {
  const place = join(cacheFolder(search), "proxy-image", `${search.version}-${architecture}`);
  const inPlace = () => archiveIn(join(place, "node_modules", packageName(architecture)), search.version);
  const kept = await inPlace();
  if (kept !== null) return kept;
  await install(architecture, place, search);
  const brought = await inPlace();
  if (brought !== null) return brought;
  throw new DeployError("TRANSFER_FAILED", {
    cause: `npm brought no image of version ${search.version} for linux/${architecture}`,
    state: "not-switched",
    hint: byHand(architecture, search),
  });
}

/** Installs beside its place and renames, so that a run killed half-way leaves nothing that looks complete. */
async function install(architecture: Architecture, place: string, search: ImageSearch): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  const staging = await mkdtemp(`${place}.partial-`);
  const wanted = `${packageName(architecture)}@${search.version}`;
  try {
    await promisify(execFile)(
      "npm",
      ["install", "--prefix", staging, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", wanted],
      { env: search.env, signal: search.signal },
    );
    await rm(place, { recursive: true, force: true });
    await rename(staging, place);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw new DeployError(
      "TRANSFER_FAILED",
      {
        cause: `npm could not bring the proxy's image, ${wanted}`,
        state: "not-switched",
        hint: byHand(architecture, search),
        details: npmSaid(error),
      },
      { cause: error },
    );
  }
}

const byHand = (architecture: Architecture, { version }: ImageSearch) =>
  `npm install --global ${packageName(architecture)}@${version}`;

function npmSaid(error: unknown): string[] {
  const text = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
  return text.trim().split("\n").slice(0, 10);
}

/** CUTOVER_CACHE, else where the user's caches are. */
function cacheFolder({ env, home }: ImageSearch): string {
  return env["CUTOVER_CACHE"] || join(env["XDG_CACHE_HOME"] || join(home, ".cache"), "cutover");
}
