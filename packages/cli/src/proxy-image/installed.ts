import { findPackageJSON } from "node:module";
import { dirname } from "node:path";
import type { Architecture } from "@cutover/core";
import { archiveIn, packageName } from "./package.ts";

/**
 * The image in the package that npm installed where `from` would import it from.
 *
 * @param from a module's URL
 * @returns null when it is not installed, or is another version's
 */
export async function installed(
  from: string,
  architecture: Architecture,
  version: string,
): Promise<string | null> {
  const file = packageJsonOf(packageName(architecture), from);
  return file === undefined ? null : archiveIn(dirname(file), version);
}

function packageJsonOf(name: string, from: string): string | undefined {
  try {
    return findPackageJSON(name, from);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
