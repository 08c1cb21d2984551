import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/places.ts";

/** A source file that ships, tests and what only tests use left out. */
export interface Source {
  /** Relative to the repository: `packages/core/src/plan/deploy.ts`. */
  path: string;
  text: string;
  /** Whatever it imports, as it is written there. */
  imports: string[];
  /** Of those, what is there when it runs: without `import type`. */
  loads: string[];
}

const importOrExport = /(?:^|\n)\s*(?:import|export)\s[^;"']*?from\s*["']([^"']+)["']/g;
const bareImport = /(?:^|\n)\s*import\s*["']([^"']+)["']/g;
const whenNeeded = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

const typeOnly = /(?:^|\n)\s*(?:import|export)\s+type\s[^;]*;/g;

/** The shipped sources of a package. */
export function sourcesOf(name: "cli" | "core" | "harness" | "proxy"): Source[] {
  return globSync(`packages/${name}/src/**/*.ts`, { cwd: root })
    .filter((path) => !/\.(test|fixture)\.ts$|\/testing\//.test(path))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, imports: importsIn(text), loads: importsIn(text.replaceAll(typeOnly, "")) };
    });
}

/** What a file's text imports, in order of kind. */
export function importsIn(text: string): string[] {
  return [importOrExport, bareImport, whenNeeded].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ([, specifier = ""]) => specifier),
  );
}
