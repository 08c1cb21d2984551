import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Where packed packages go. */
export const dist = join(root, "dist");

/** The parts of a package.json that a build reads. */
export interface PackageJson {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  [key: string]: unknown;
}

/** A workspace package's package.json. */
export function packageJson(name: "cli" | "core" | "proxy"): PackageJson {
  return JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
}
