import type { Registry } from "../config.ts";
import type { Secret } from "../env.ts";
import type { Path } from "../parse/tree.ts";
import type { RegistryFile } from "../schema/registry.ts";
import type { Report } from "./report.ts";

/** Images go over the connection. */
export const noRegistry: Registry = { server: null, username: null, password: null, local: true };

export function resolveRegistry(file: RegistryFile, path: Path, report: Report): Registry {
  const server = file.server ?? null;
  const alone = server?.replace(/^\w+:\/\//, "").replace(/\/+$/, "") ?? null;
  if (alone !== server)
    report.problem([...path, "server"], `is written without scheme and slash at the end: ${alone}`);
  const local = server !== null && /^localhost(:|$)/.test(server);
  const username = valueOrSecret(file.username);
  const password = valueOrSecret(file.password);
  if (!local && username === null) {
    report.problem([...path, "username"], "is required, unless the server is localhost:PORT");
  }
  if (!local && password === null) {
    report.problem([...path, "password"], "is required: a list with the name of the secret that holds it");
  }
  return { server, username, password, local };
}

/** `server/image`, or the image alone where it comes from Docker Hub. */
export function repositoryOf(registry: Registry, image: string): string {
  return registry.server === null ? image : `${registry.server}/${image}`;
}

function valueOrSecret(value: string | string[] | undefined): string | Secret | null {
  if (value === undefined) return null;
  return typeof value === "string" ? value : { secret: value[0] ?? "" };
}
