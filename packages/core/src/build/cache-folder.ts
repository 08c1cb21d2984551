import { createHash } from "node:crypto";
import { basename, join } from "node:path";

/** Where this machine keeps what can be made again. */
export interface CachePlace {
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  home: string;
}

/** `~/.cache/cutover`, or where XDG_CACHE_HOME says. */
function cacheFolder(place: CachePlace): string {
  return join(place.env["XDG_CACHE_HOME"] || join(place.home, ".cache"), "cutover");
}

/**
 * The folder for clones of one repository. Two checkouts of one project have two, so that neither
 * builds the other's commit.
 *
 * @param root the repository's folder on this machine
 */
export function clonesFolder(place: CachePlace, root: string): string {
  const digest = createHash("sha256").update(root).digest("hex").slice(0, 13);
  return join(cacheFolder(place), "source", `${basename(root)}-${digest}`);
}
