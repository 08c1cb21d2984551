import type { ReleaseRecord, RoleRecord } from "../release/record.ts";
import { changedKeys } from "./config-keys.ts";

/** In what a release differs from the one that serves. Plain data without a secret. */
export type Change =
  /** Nothing of the app serves here yet. */
  | { kind: "first" }
  | { kind: "version"; from: string; to: string }
  | { kind: "image"; from: string; to: string }
  | { kind: "role-added"; role: string }
  | { kind: "role-removed"; role: string }
  /** Names of variables, never a value. */
  | { kind: "environment"; role: string; added: string[]; changed: string[]; removed: string[] }
  | { kind: "certificate"; role: string }
  /** Keys of the configuration: `proxy.hosts`, `options (HostConfig.Memory)`. */
  | { kind: "config"; role: string; keys: string[] };

/**
 * In what one host's release differs from another.
 *
 * @param before what serves; null: nothing yet
 */
export function changesBetween(before: ReleaseRecord | null, after: ReleaseRecord): Change[] {
  if (before === null) return [{ kind: "first" }];
  const known = new Map(before.roles.map((role) => [role.role, role]));
  const wanted = new Set(after.roles.map(({ role }) => role));
  const { digest: from } = before.image;
  const { digest: to } = after.image;
  return [
    ...(before.version === after.version
      ? []
      : [{ kind: "version" as const, from: before.version, to: after.version }]),
    ...(from === to ? [] : [{ kind: "image" as const, from, to }]),
    ...after.roles.flatMap((role): Change[] => {
      const old = known.get(role.role);
      return old === undefined ? [{ kind: "role-added", role: role.role }] : roleChanges(old, role);
    }),
    ...before.roles.flatMap(({ role }): Change[] =>
      wanted.has(role) ? [] : [{ kind: "role-removed", role }],
    ),
  ];
}

function roleChanges(before: RoleRecord, after: RoleRecord): Change[] {
  const { role } = after;
  const environment = environmentChanges(before.environment, after.environment);
  const keys = changedKeys(before, after);
  const touched = Object.values(environment).some((names) => names.length > 0);
  return [
    ...(touched ? [{ kind: "environment" as const, role, ...environment }] : []),
    ...(before.certificate === after.certificate ? [] : [{ kind: "certificate" as const, role }]),
    ...(keys.length === 0 ? [] : [{ kind: "config" as const, role, keys }]),
  ];
}

function environmentChanges(before: Record<string, string>, after: Record<string, string>) {
  return {
    added: Object.keys(after).filter((name) => !(name in before)),
    changed: Object.keys(after).filter((name) => name in before && before[name] !== after[name]),
    removed: Object.keys(before).filter((name) => !(name in after)),
  };
}
