import { DeployError } from "../errors/index.ts";

/** Which release to go back to. */
export type RollbackTarget =
  /** The one that served before. */
  | { kind: "before" }
  /** So many before what serves: 1 is the one before. */
  | { kind: "ago"; releases: number }
  /** A version, the beginning of one, or a release; where there is none of that name, what served at that time. */
  | { kind: "named"; name: string; at: number | null };

/**
 * Understands `3-releases-ago`, a version, a release, or a time such as `2026-11-27` or
 * `2026-11-27T09:30Z`. A day means its end; a time without a zone is this machine's.
 *
 * @param text null: the one before
 * @throws DeployError USAGE for a date that no calendar has
 */
export function rollbackTarget(text: string | null): RollbackTarget {
  if (text === null) return { kind: "before" };
  const ago = /^(\d+)-releases?-ago$/.exec(text)?.[1];
  if (ago !== undefined && Number(ago) > 0) return { kind: "ago", releases: Number(ago) };
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?$/.test(text);
  const at = day ? Date.parse(`${text}T23:59:59.999`) : time ? Date.parse(text) : Number.NaN;
  if ((day || time) && Number.isNaN(at))
    throw new DeployError("USAGE", {
      cause: `there is no such time as ${text}`,
      hint: "deploy releases shows what there is to go back to",
      state: "unchanged",
    });
  return { kind: "named", name: text, at: Number.isNaN(at) ? null : at };
}
