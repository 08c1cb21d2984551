import type { HostState } from "../observe/host-state.ts";

/**
 * The name under which a release's container is told to the proxy: the release. Where the proxy may
 * serve that release already, and only its container is made anew, a mark is put behind it.
 *
 * @param mark letters and digits that were never used before; absent: the release is new to the proxy
 */
export function candidateName(release: string, mark: string | undefined): string {
  return mark === undefined ? release : `${release}.${mark}`;
}

/** What the proxy calls a release's container that it serves with; the release where it serves another. */
export function knownCandidate({ proxy }: HostState, service: string, release: string): string {
  const serving = proxy.services?.find((one) => one.service === service)?.candidate ?? null;
  return serving !== null && releaseOfCandidate(serving) === release ? serving : release;
}

/** The release that a candidate is of. */
export function releaseOfCandidate(candidate: string): string {
  return candidate.split(".")[0] ?? candidate;
}
