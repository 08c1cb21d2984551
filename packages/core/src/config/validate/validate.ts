import { UNCOMPILED } from "../../uncompiled.ts";
import { keyPlaceOf, type MapNode, nodeAt, type Path, pathText, placeOf, toPlain } from "../parse/tree.ts";
import type { Problem } from "../problem.ts";
import { type DeployFile, deployFile } from "../schema/deploy-file.ts";
import { dropNulls } from "./drop-nulls.ts";
import { type Finding, findings } from "./issues.ts";
import { misplacedHint } from "./misplaced.ts";
import { nearest } from "./nearest.ts";
import { keysAt, pathsOfKey } from "./shape.ts";
import { withoutPaths } from "./without-paths.ts";

/** What a file says, and everything that is wrong with it. */
export interface Validated {
  /** Null where too much is wrong or missing for anything to be said of the rest. */
  file: DeployFile | null;
  problems: Problem[];
  /** What is not in `file` because it is wrong. */
  leftOut: Path[];
}

/** Checks a merged tree against the schema. Root keys that begin with `x-` are the user's own. */
export function validate(root: MapNode): Validated {
  const own = Object.entries(toPlain(root) as Record<string, unknown>).filter(
    ([key]) => !key.startsWith("x-"),
  );
  const plain = dropNulls(deployFile, Object.fromEntries(own));
  const whole = deployFile.safeParse(plain, UNCOMPILED);
  if (whole.success) return { file: whole.data, problems: [], leftOut: [] };
  const found = withoutEchoes(findings(whole.error.issues), root);
  const leftOut = found.map(({ path }) => path);
  // What is right is looked at too, so that all problems are said at once.
  const rest = deployFile.safeParse(withoutPaths(plain, leftOut), UNCOMPILED);
  return { file: rest.data ?? null, problems: found.map((finding) => problem(root, finding)), leftOut };
}

/** A mistyped key is missing under its right name too; that is one mistake and said once. */
function withoutEchoes(found: Finding[], root: MapNode): Finding[] {
  return found.filter(
    ({ path, unknownKey: unknown }) =>
      unknown !== undefined ||
      nodeAt(root, path) !== null ||
      !found.some(
        (other) =>
          other.unknownKey !== undefined &&
          pathText(other.path.slice(0, -1)) === pathText(path.slice(0, -1)) &&
          nearest(other.unknownKey, [String(path.at(-1))]) !== null,
      ),
  );
}

function problem(root: MapNode, finding: Finding): Problem {
  const place = finding.unknownKey === undefined ? placeOf : keyPlaceOf;
  return { ...place(root, finding.path), path: pathText(finding.path), message: messageOf(root, finding) };
}

function messageOf(root: MapNode, finding: Finding): string {
  if (finding.unknownKey !== undefined) return unknownKey(finding.path, finding.unknownKey);
  const node = nodeAt(root, finding.path);
  const missing = node === null || (node.kind === "scalar" && node.value === null);
  if (missing) return `is required; ${finding.message}`;
  const meant = node.kind === "scalar" ? nearest(String(node.value), finding.words ?? []) : null;
  return meant === null ? finding.message : `${finding.message}; did you mean ${meant}?`;
}

/** What to say of a key that does not exist: the spelling that was meant, or the place where it goes. */
function unknownKey(path: Path, key: string): string {
  const around = path.slice(0, -1);
  const hint = misplacedHint(path);
  if (hint !== null) return `unknown key; ${hint}`;
  const keys = keysAt(deployFile, around);
  const meant = nearest(key, keys);
  if (meant !== null) return `unknown key; did you mean ${meant}?`;
  if (keys.includes("clear"))
    return "unknown key; variables go under clear when there is clear, secret or tags";
  const elsewhere = pathsOfKey(deployFile, key);
  if (elsewhere.length > 0) return `unknown key here; there is ${elsewhere.slice(0, 3).join(", ")}`;
  return `unknown key; there can be ${keys.join(", ")}`;
}
