import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, symlink } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Unpacked } from "./packages.ts";

const PLUGINS = ["docker-compose", "docker-buildx"];

/** Where Debian and Ubuntu keep the plugins of the docker command. */
export const PLUGIN_FOLDERS = ["usr/libexec/docker/cli-plugins", "usr/lib/docker/cli-plugins"];

const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** An environment in which the docker command, its plugins and the engine's helpers are found. */
export async function programEnvironment(
  unpacked: Unpacked,
  folder: string,
  inherited: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
  const links = join(folder, "links");
  await mkdir(links, { recursive: true });
  await linkIptables(unpacked.own, links);
  const folders = [unpacked.docker, unpacked.own].flatMap((root) => [
    join(root, "usr/bin"),
    join(root, "usr/sbin"),
  ]);
  const libraries = await libraryFolders(unpacked.own);
  return {
    ...inherited,
    PATH: [links, ...folders, inherited["PATH"] || SYSTEM_PATH, "/usr/sbin", "/sbin"].join(delimiter),
    // The user's own settings stay in the user's own folder; only the plugins' place is ours.
    DOCKER_CONFIG: await pluginFolder(unpacked.docker, folder),
    ...(libraries.length > 0 && {
      LD_LIBRARY_PATH: libraries.join(delimiter),
      XTABLES_LIBDIR: join(libraries[0] ?? "", "xtables"),
    }),
  };
}

async function pluginFolder(root: string, folder: string): Promise<string> {
  const config = join(folder, "docker-config");
  const plugins = join(config, "cli-plugins");
  await mkdir(plugins, { recursive: true });
  for (const name of PLUGINS) {
    const found = PLUGIN_FOLDERS.map((place) => join(root, place, name)).find((file) => existsSync(file));
    if (found) await link(found, join(plugins, name));
  }
  return config;
}

/** Unpacked but not installed, iptables lacks the names that its installation would have linked. */
async function linkIptables(root: string, links: string): Promise<void> {
  for (const name of ["iptables", "ip6tables"]) {
    const program = join(root, "usr/sbin", `${name}-nft`);
    const linked = join(links, name);
    // One that another set of packages left would stand before the system's own.
    await (existsSync(program) ? link(program, linked) : rm(linked, { force: true }));
  }
}

async function libraryFolders(root: string): Promise<string[]> {
  const parent = join(root, "usr/lib");
  if (!existsSync(parent)) return [];
  const names = (await readdir(parent)).filter((name) => name.endsWith("-linux-gnu"));
  return names.map((name) => join(parent, name));
}

async function link(target: string, name: string): Promise<void> {
  // In one step: another run may be looking for it at this moment.
  const fresh = `${name}.${process.pid}`;
  await rm(fresh, { force: true });
  await symlink(target, fresh);
  await rename(fresh, name);
}
