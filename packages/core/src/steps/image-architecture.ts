/** What else a processor runs, without emulation, beside what is built for it. */
const ALSO_RUNS: Readonly<Record<string, readonly string[]>> = { amd64: ["386"], arm64: ["arm"] };

/**
 * Whether an image runs on a host. Both are named as Docker names them; where one of them does not
 * say, nothing is held against it.
 */
export function runsOn(image: string, host: string): boolean {
  if (image === "" || host === "" || image === host) return true;
  return ALSO_RUNS[host]?.includes(image) ?? false;
}
