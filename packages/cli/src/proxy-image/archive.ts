import type { Architecture } from "@cutover/core";
import { fetched } from "./fetched.ts";
import { installed } from "./installed.ts";

/** What finding the proxy's image depends on. */
export interface ImageSearch {
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder; an absolute path. */
  home: string;
  /** The version wanted, which is our own. */
  version: string;
  signal: AbortSignal;
}

/**
 * Where the proxy's image for an architecture lies on this machine: in the npm package that was
 * installed beside us, else in the user's cache, where npm brings it the first time.
 *
 * @returns the absolute path of a gzipped archive as `docker load` takes it
 * @throws DeployError TRANSFER_FAILED where npm cannot bring it
 */
export async function proxyImageArchive(architecture: Architecture, search: ImageSearch): Promise<string> {
  return (await installed(import.meta.url, architecture, search.version)) ?? fetched(architecture, search);
}
