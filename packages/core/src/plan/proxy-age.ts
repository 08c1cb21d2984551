/** The version in an image's tag: `0.1.0` in `cutover-proxy:0.1.0`. */
export function versionIn(image: string): string {
  return image.slice(image.lastIndexOf(":") + 1);
}

/** How a version stands to ours. One that is not written as versions are cannot be compared. */
export function ageOf(theirs: string | null, ours: string): "older" | "same" | "newer" | "unknown" {
  const [a, b] = [partsOf(theirs ?? ""), partsOf(ours)];
  if (a === null || b === null) return "unknown";
  for (let index = 0; index < a.length; index += 1) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference < 0 ? "older" : "newer";
  }
  return "same";
}

/** Major, minor, patch; a version for trying out comes before its release. */
function partsOf(version: string): number[] | null {
  const match = /^(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?$/.exec(version);
  if (match === null) return null;
  return [Number(match[1]), Number(match[2]), Number(match[3]), match[4] === undefined ? 1 : 0];
}
