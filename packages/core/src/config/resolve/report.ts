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
    if (this.#leftOut.some((wrong) => isAround(wrong, path))) return;
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

/** Whether a path is in the same mapping as another, above it or below it. */
function isAround(wrong: Path, path: Path): boolean {
  const mapping = wrong.slice(0, -1);
  const [short, long] = path.length < mapping.length ? [path, mapping] : [mapping, path];
  // The root is around everything; there only a mistyped key is near the one that was meant.
  if (short.length === 0) return nearest(String(wrong[0]), [String(path[0])]) !== null;
  return short.every((step, index) => String(step) === String(long[index]));
}
