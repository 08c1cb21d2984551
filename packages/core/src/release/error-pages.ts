import { posix } from "node:path";
import type { Workspace } from "../config/workspace.ts";
import { DeployError } from "../errors/index.ts";
import type { ReleaseRecord } from "./record.ts";

/** Whole HTML by status. */
export type ErrorPages = Readonly<Record<string, string>>;

/** The answers that the proxy makes itself, and so can make with a page of the app's own. */
const STATUSES = ["404", "502", "503", "504"];

/**
 * Reads the app's own error pages: files such as `502.html` in a folder of the project.
 *
 * @param folder `error_pages_path`; null: none
 * @throws DeployError CONFIG_INVALID when the folder holds none of them
 */
export async function readErrorPages(workspace: Workspace, folder: string | null): Promise<ErrorPages> {
  if (folder === null) return {};
  const pages = await Promise.all(
    STATUSES.map(async (status): Promise<[string, string | null]> => {
      return [status, await workspace.readFile(posix.resolve(workspace.cwd, folder, `${status}.html`))];
    }),
  );
  const found = pages.filter((page): page is [string, string] => page[1] !== null);
  if (found.length > 0) return Object.fromEntries(found);
  throw new DeployError("CONFIG_INVALID", {
    cause: `error_pages_path: there is no ${STATUSES.map((status) => `${status}.html`).join(", ")} in ${folder}`,
    hint: "write at least one of them, or leave error_pages_path out",
    state: "unchanged",
  });
}

/** A record whose roles behind the proxy answer with these pages. */
export function withErrorPages(record: ReleaseRecord, errorPages: ErrorPages): ReleaseRecord {
  if (Object.keys(errorPages).length === 0) return record;
  const roles = record.roles.map((role) => {
    const { proxy } = role;
    return proxy === null
      ? role
      : { ...role, proxy: { ...proxy, options: { ...proxy.options, errorPages } } };
  });
  return { ...record, roles };
}
