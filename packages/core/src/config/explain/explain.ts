import { DeployError } from "../../errors/index.ts";
import { keyPlaceOf, type MapNode, nodeAt, type Path, toPlain } from "../parse/tree.ts";
import { deployFile } from "../schema/deploy-file.ts";
import type { Source } from "../source.ts";
import { nearest } from "../validate/nearest.ts";
import { keysAt, schemasAt } from "../validate/shape.ts";
import { describedAt } from "./described.ts";
import { hiddenAt } from "./hidden.ts";
import { writtenAt } from "./short-forms.ts";

/** Where a value of the configuration comes from. */
export type Explanation = { path: string; description: string | null } & (
  | { from: "file"; value: unknown; source: Source }
  /** Nobody wrote it: `value` is what it is then, as it would be written or in words. Null: nothing. */
  | { from: "default"; value: unknown }
);

/**
 * Which file and line a value came from, or that it is the default.
 *
 * @param merged the configuration as the files say it
 * @param path keys with dots between, such as `proxy.healthcheck.path` or `servers.web.0`
 * @throws DeployError USAGE where there can be no such value, with the nearest key that can
 */
export function explain(merged: MapNode, path: string): Explanation {
  const steps = stepsOf(merged, path);
  const said = describedAt(steps);
  const description = said?.description ?? null;
  const written = writtenAt(merged, steps);
  const node = nodeAt(merged, written);
  if (node !== null) {
    return {
      path,
      description,
      from: "file",
      value: hiddenAt(written, toPlain(node)),
      source: keyPlaceOf(merged, written),
    };
  }
  if (schemasAt(deployFile, steps).length === 0) throw noSuchPath(path, steps);
  return { path, description, from: "default", value: said?.value ?? said?.words ?? null };
}

/** Names may have dots themselves (a host's): the longest that fits what was written is taken. */
function stepsOf(merged: MapNode, path: string): string[] {
  const parts = path.split(".");
  const steps: string[] = [];
  while (parts.length > 0) {
    const around = nodeAt(merged, steps);
    let length = 1;
    if (around?.kind === "map") {
      for (let longer = parts.length; longer > 1; longer -= 1) {
        if (around.entries.has(parts.slice(0, longer).join("."))) {
          length = longer;
          break;
        }
      }
    }
    steps.push(parts.splice(0, length).join("."));
  }
  return steps;
}

function hintFor(around: Path, keys: readonly string[], meant: string | null): string {
  if (meant !== null) return `Did you mean ${[...around, meant].join(".")}?`;
  return keys.length > 0
    ? `Try ${keys.slice(0, 5).join(", ")}`
    : `deploy config --explain ${around.join(".")}`;
}

function noSuchPath(path: string, steps: Path): DeployError {
  for (let length = 1; length <= steps.length; length += 1) {
    if (schemasAt(deployFile, steps.slice(0, length)).length > 0) continue;
    const around = steps.slice(0, length - 1);
    const keys = keysAt(deployFile, around);
    const meant = nearest(String(steps[length - 1]), keys);
    const where = around.length === 0 ? "at the root" : `under ${around.join(".")}`;
    return new DeployError("USAGE", {
      cause: `There can be no ${path} in a configuration: ${where} there is no ${String(steps[length - 1])}`,
      hint: hintFor(around, keys, meant),
      state: "unchanged",
    });
  }
  return new DeployError("USAGE", {
    cause: `There can be no ${path} in a configuration`,
    state: "unchanged",
  });
}
