import type { Config } from "../config/config.ts";
import { canonical, checksum } from "./checksum.ts";
import type { BuildInputs } from "./record.ts";
import type { GitState } from "./version.ts";

/**
 * What the image is built from, where that decides what comes out: the commit, cloned, and the
 * options of the build. A folder that is built as it lies there can hold anything.
 *
 * @param key of the host's checksums: an argument of a build may be half a secret
 */
export function buildInputs({ builder }: Config, git: GitState, key: string): BuildInputs | null {
  if (builder.context !== null || git === null) return null;
  return { commit: git.commit, options: checksum(key, canonical(builder)) };
}
