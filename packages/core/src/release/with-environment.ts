import { asRelease } from "./as-release.ts";
import type { Sealed } from "./new-record.ts";
import type { ReleaseRecord } from "./record.ts";

/**
 * A new release with everything of another but its environment: for going back where a secret was
 * rotated since.
 *
 * @param made its id, when and by whom
 */
export function withEnvironment(
  record: ReleaseRecord,
  sealed: Sealed,
  made: Pick<ReleaseRecord, "release" | "createdAt" | "createdBy" | "toolVersion">,
): ReleaseRecord {
  const { release, createdAt, rollbackOf } = record;
  const renamed = asRelease(record, made.release);
  return {
    ...renamed,
    ...made,
    rollbackOf: rollbackOf ?? { release, createdAt },
    roles: renamed.roles.map((role) => {
      const { environment, certificate } = sealed;
      return { ...role, environment: environment(role.role), certificate: certificate(role.role) };
    }),
  };
}
