import { type MapNode, type Path, pathText, placeOf } from "../parse/tree.ts";
import type { Problem } from "../problem.ts";
import { nearest } from "../validate/nearest.ts";

/** Collects what is wrong, or looks it, with the place in the file, so that all of it is said at once. */
export class Report {
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  readonly #root: MapNode;
  readonly #leftOut: readonly Path[];

  /** @param leftOut what was taken away for being wrong; what could be said around it would only follow from that */
  constructor(root: MapNode, leftOut: readonly Path[]) {
    this.#root = root;
    this.#leftOut = leftOut;
  }

  /** What makes the configuration unusable. */
  problem(path: Path, message: string): void {
    if (this.#leftOut.some((wrong) => followsFrom(wrong, path, message))) return;
    this.problems.push(this.#at(path, message));
  }

  /** What will work and is probably not meant. */
  warning(path: Path, message: string): void {
    this.warnings.push(this.#at(path, message));
  }

  #at(path: Path, message: string): Problem {
    return { ...placeOf(this.#root, path), path: pathText(path), message };
  }
}

/**
 * Whether what is said of a path only follows from another one's having been left out: it is above or below
 * it, or in the same mapping and named after it, or speaks of it.
 */
function followsFrom(wrong: Path, path: Path, message: string): boolean {
  const mapping = wrong.slice(0, -1);
  const key = String(wrong.at(-1));
  if (path.length <= mapping.length) return isWithin(mapping, path);
  if (!isWithin(path, mapping)) return false;
  const beside = String(path[mapping.length]);
  // Of hosts in a list only the very same one; of keys also what was mistyped.
  if (typeof wrong.at(-1) === "number") return beside === key;
  return nearest(key, [beside, ...message.split(/\W+/)]) !== null;
}

/** Whether a path is another one or below it. */
function isWithin(path: Path, around: Path): boolean {
  return around.every((step, index) => String(step) === String(path[index]));
}
