import { resolve } from "node:path";
import type { DeployFile } from "./schema/deploy-file.ts";
import type { ProxyFile } from "./schema/proxy.ts";
import type { Workspace } from "./workspace.ts";

/** What files of this machine hold whose text belongs to the configuration, by path as it is written there. */
export type LocalTexts = ReadonlyMap<string, LocalText>;

/** A file's text, or why there is none. */
export type LocalText = { text: string } | { missing: "there is no such file" | "this user may not read it" };

/** Reads the certificates of those who sign ACME directories, wherever a proxy is told of one. */
export async function readLocalTexts(file: DeployFile, workspace: Workspace): Promise<LocalTexts> {
  const paths = new Set(proxiesOf(file).flatMap((proxy) => proxy.run?.acme?.ca ?? []));
  const read = [...paths].map(async (path) => [path, await readText(path, workspace)] as const);
  return new Map(await Promise.all(read));
}

function proxiesOf(file: DeployFile): ProxyFile[] {
  const roles = file.servers === undefined || Array.isArray(file.servers) ? [] : Object.values(file.servers);
  const below = [...roles, ...Object.values(file.accessories ?? {})].flatMap((one) =>
    one === null || Array.isArray(one) || typeof one.proxy !== "object" ? [] : one.proxy,
  );
  return file.proxy === undefined ? below : [file.proxy, ...below];
}

async function readText(path: string, workspace: Workspace): Promise<LocalText> {
  const absolute = resolve(workspace.cwd, path.replace(/^~(?=\/)/, workspace.env["HOME"] ?? "~"));
  const found = await workspace.look(absolute);
  if (found?.kind !== "file") return { missing: "there is no such file" };
  if (!found.readable) return { missing: "this user may not read it" };
  return { text: (await workspace.readFile(absolute)) ?? "" };
}
