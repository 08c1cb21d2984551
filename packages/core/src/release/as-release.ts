import { RELEASE_LABEL } from "./labels.ts";
import type { ReleaseRecord } from "./record.ts";

/** The same record under another release's id, its containers labelled so. */
export function asRelease(record: ReleaseRecord, release: string): ReleaseRecord {
  const roles = record.roles.map((role) => {
    const labels = { ...role.settings.Labels, [RELEASE_LABEL]: release };
    return { ...role, settings: { ...role.settings, Labels: labels } };
  });
  return { ...record, release, roles };
}
