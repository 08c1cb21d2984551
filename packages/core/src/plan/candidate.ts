import type { HostState } from "../observe/host-state.ts";

/**
 * The name under which a release's container is told to the proxy: the release, and where the proxy
 * serves that release already (its container was lost, or made anew) a number more.
 */
export function candidateFor(state: HostState, service: string, release: string): string {
  const serving = servingCandidate(state, service);
  if (serving === null || releaseOfCandidate(serving) !== release) return release;
  return `${release}+${Number(serving.split("+")[1] ?? 0) + 1}`;
}

/** What the proxy calls a release's container that it serves with; the release where it serves another. */
export function knownCandidate(state: HostState, service: string, release: string): string {
  const serving = servingCandidate(state, service);
  return serving !== null && releaseOfCandidate(serving) === release ? serving : release;
}

/** The release that a candidate is of. */
export function releaseOfCandidate(candidate: string): string {
  return candidate.split("+")[0] ?? candidate;
}

function servingCandidate(state: HostState, service: string): string | null {
  return state.proxy.services?.find((one) => one.service === service)?.candidate ?? null;
}
