import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { command } from "../process/command.ts";
import { PLUGIN_FOLDERS } from "./programs.ts";

/** What has to be there before a set of packages is relied on. */
export interface Needs {
  /** Programs that must be found. */
  programs: readonly string[];
  /**
   * Programs that must be found and start: they are linked to libraries, or made of modules, from
   * packages of their own, which may be gone while the program is still there.
   */
  linked: readonly string[];
  /** Plugins of the docker command. */
  plugins: readonly string[];
}

/** `--version` takes milliseconds; what hangs is as good as missing. */
const VERSION_TIMEOUT_MS = 10_000;

/**
 * What of `needs` the environment does not give, each as the end of a sentence: `runc is not
 * found`, `iptables does not start (libnftnl.so.11: cannot open shared object file)`. Empty when
 * all is there.
 */
export async function lackingOf(
  needs: Needs,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string[]> {
  const path = (env["PATH"] ?? "").split(delimiter);
  // Where the docker command itself looks: its own settings first, then the system's plugins.
  const pluginFolders = [
    join(env["DOCKER_CONFIG"] ?? "", "cli-plugins"),
    ...PLUGIN_FOLDERS.map((folder) => join("/", folder)),
  ];
  const lacking = await Promise.all([
    ...needs.programs.map((name) => whyNotFound(name, path)),
    ...needs.plugins.map((name) => whyNotFound(name, pluginFolders)),
    ...needs.linked.map(
      async (name) => (await whyNotFound(name, path)) ?? (await whyNotStarted(name, env, signal)),
    ),
  ]);
  return lacking.filter((why) => why !== null);
}

async function whyNotFound(name: string, folders: readonly string[]): Promise<string | null> {
  for (const folder of folders) {
    const found = await access(join(folder, name), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return null;
  }
  return `${name} is not found`;
}

async function whyNotStarted(
  name: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string | null> {
  const ran = await command(name, ["--version"], { env, signal, timeoutMs: VERSION_TIMEOUT_MS });
  if (ran.exitCode === 0) return null;
  const said = ran.stderr.trim().split("\n").at(-1);
  return `${name} does not start (${said || `it ended with ${ran.exitCode}`})`;
}
