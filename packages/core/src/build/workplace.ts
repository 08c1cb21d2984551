import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DeployError } from "../errors/index.ts";
import { processIsAlive } from "./claim.ts";
import { type DockerConfig, type Login, withLogin } from "./docker-config.ts";

/** What Docker's client is told by its environment. */
type Env = Readonly<Record<string, string | undefined>>;

/** What one build needs on this machine beside its source. */
export interface Workplace {
  /** A folder that nobody else may look into, removed at the end. */
  folder: string;
  /** The environment in which Docker's client is logged in. */
  env: Env;
  /** Removes the folder, and the login with it. */
  close(): Promise<void>;
}

const PREFIX = "cutover-build-";

/**
 * Logs Docker's client in for the time of one build, by a configuration folder of its own: the
 * password is in no argument, never in the user's own files, and gone at the end.
 *
 * @param login null: the client stays as the user has it
 */
export async function openWorkplace(login: Login | null, env: Env, home: string): Promise<Workplace> {
  // In memory where the machine has such a folder.
  const parent = env["XDG_RUNTIME_DIR"] || env["TMPDIR"] || "/tmp";
  await removeAbandoned(parent);
  const folder = await mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
  const close = () => rm(folder, { recursive: true, force: true });
  if (login === null) return { folder, env, close };
  try {
    return { folder, env: { ...env, ...(await logIn(login, env, home, join(folder, "docker"))) }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function logIn(login: Login, env: Env, home: string, folder: string): Promise<Env> {
  const own = env["DOCKER_CONFIG"] || join(home, ".docker");
  await mkdir(folder, { mode: 0o700 });
  await linkTheRest(own, folder);
  const config = withLogin(await readConfig(join(own, "config.json")), login);
  await writeFile(join(folder, "config.json"), JSON.stringify(config), { mode: 0o600 });
  // Builders that buildx makes or remembers meanwhile belong to the user, not to this folder.
  return { DOCKER_CONFIG: folder, BUILDX_CONFIG: env["BUILDX_CONFIG"] || join(own, "buildx") };
}

/** Plugins, contexts and certificates stay where they are. */
async function linkTheRest(own: string, folder: string): Promise<void> {
  const names = await readdir(own).catch(() => []);
  const others = names.filter((name) => name !== "config.json");
  await Promise.all(others.map((name) => symlink(join(own, name), join(folder, name))));
}

async function readConfig(file: string): Promise<DockerConfig> {
  const text = await readFile(file, "utf8").catch(() => "{}");
  try {
    return JSON.parse(text) as DockerConfig;
  } catch (error) {
    throw new DeployError(
      "BUILDER_MISSING",
      {
        cause: `${file} is not JSON`,
        hint: "Docker's client cannot read it either: mend it",
        state: "unchanged",
      },
      { cause: error },
    );
  }
}

/** What a build that was killed could not remove. */
async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent);
  const abandoned = names.filter((name) => {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    return pid > 0 && !processIsAlive(pid);
  });
  await Promise.all(abandoned.map((name) => rm(join(parent, name), { recursive: true, force: true })));
}
