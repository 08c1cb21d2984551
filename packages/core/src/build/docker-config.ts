import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** Someone a registry knows. */
export interface RegistryLogin {
  /** `registry.example.com:4443`; null: Docker Hub. */
  server: string | null;
  username: string;
  password: string;
}

/** Docker Hub has this name in every Docker configuration, for reasons of age. */
const DOCKER_HUB = "https://index.docker.io/v1/";

const dockerConfig = z.looseObject({
  auths: z.record(z.string(), z.unknown()).optional(),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
});

/** The name under which Docker keeps a registry's login. */
export function registryKey(server: string | null): string {
  return server ?? DOCKER_HUB;
}

/**
 * The user's Docker configuration with one login put in. A credential store would win over it, so
 * the store is asked by name for the other registries only.
 *
 * @param text the user's `config.json`; empty where there is none
 */
export function withLogin(text: string, login: RegistryLogin | null): string {
  const { credsStore, ...user } = dockerConfig.parse(text.trim() === "" ? {} : JSON.parse(text));
  if (login === null) return JSON.stringify({ ...user, ...(credsStore === undefined ? {} : { credsStore }) });
  const key = registryKey(login.server);
  const stored =
    credsStore === undefined ? [] : Object.keys(user.auths ?? {}).map((name) => [name, credsStore]);
  const helpers = { ...Object.fromEntries(stored), ...user.credHelpers };
  delete helpers[key];
  const auth = Buffer.from(`${login.username}:${login.password}`).toString("base64");
  return JSON.stringify({ ...user, credHelpers: helpers, auths: { ...user.auths, [key]: { auth } } });
}

/**
 * A Docker configuration folder for one build, 0700, removed when disposed of: the login is in no
 * argument and never joins the user's own. Plugins and contexts are the user's.
 */
export async function temporaryDockerConfig(
  userFolder: string,
  login: RegistryLogin | null,
): Promise<AsyncDisposable & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "cutover-docker-"));
  await chmod(folder, 0o700);
  const text = await readFile(join(userFolder, "config.json"), "utf8").catch(() => "");
  await writeFile(join(folder, "config.json"), withLogin(text, login), { mode: 0o600 });
  await Promise.all(
    ["cli-plugins", "contexts", "buildx"].map((name) => symlink(join(userFolder, name), join(folder, name))),
  );
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
