import { type MapNode, type Path, pathText, placeOf } from "../parse/tree.ts";
import type { Problem } from "../problem.ts";

/** Collects what is wrong, or looks it, with the place in the file, so that all of it is said at once. */
export class Report {
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  readonly #root: MapNode;

  constructor(root: MapNode) {
    this.#root = root;
  }

  /** What makes the configuration unusable. */
  problem(path: Path, message: string): void {
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
