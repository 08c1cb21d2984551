import { globSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** A configuration file to load, alone or as a destination's overlay. */
export interface Project {
  /** For the report. */
  file: string;
  cwd: string;
  /** Relative to `cwd`. */
  configFile: string;
  /** Destinations that lie beside a base; one of them may be what makes it whole. */
  destinations: string[];
  /** Which of them this is about; null for the base itself. */
  destination: string | null;
}

/** Every file below a folder; `NAME.DESTINATION.yml` beside `NAME.yml` is an overlay of it. */
export function projectsIn(folder: string): Project[] {
  const files = globSync("**/*.{yml,yaml}", { cwd: folder }).toSorted();
  const overlays = new Map<string, string[]>();
  const baseOf = (file: string) => {
    const [, stem = "", destination = "", extension = ""] =
      /^(.+?)\.([^./]+)(\.ya?ml)$/.exec(basename(file)) ?? [];
    const base = join(dirname(file), `${stem}${extension}`);
    return stem !== "" && files.includes(base) ? { base, destination } : null;
  };
  for (const file of files) {
    const found = baseOf(file);
    if (found) overlays.set(found.base, [...(overlays.get(found.base) ?? []), found.destination]);
  }
  return files.map((file) => {
    const overlay = baseOf(file);
    const path = resolve(folder, overlay?.base ?? file);
    // A project's folder is the one above config/.
    const cwd = basename(dirname(path)) === "config" ? dirname(dirname(path)) : dirname(path);
    return {
      file,
      cwd,
      configFile: path.slice(cwd.length + 1),
      destinations: overlays.get(file) ?? [],
      destination: overlay?.destination ?? null,
    };
  });
}
