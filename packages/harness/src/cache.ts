import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder for everything that is fetched or made once: Docker's packages, the data of an engine
 * of ours, base images. `CUTOVER_CACHE` names another one.
 */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return env["CUTOVER_CACHE"] || join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "cutover");
}
