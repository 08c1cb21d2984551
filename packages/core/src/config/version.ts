import type { Report } from "./resolve/report.ts";
import type { DeployFile } from "./schema/deploy-file.ts";

/** `minimum_version` against our own. A Kamal file's (1 or 2, above ours) is Kamal's and only noted. */
export function checkVersion(file: DeployFile, toolVersion: string, report: Report): void {
  const minimum = file.minimum_version;
  if (minimum === undefined) return;
  const wanted = parts(minimum);
  if (wanted === null) {
    report.problem(["minimum_version"], `expected a version such as ${toolVersion}`);
    return;
  }
  if (!isOlder(parts(toolVersion) ?? [], wanted)) return;
  const major = wanted[0] ?? 0;
  if (major === 1 || major === 2) {
    report.warning(
      ["minimum_version"],
      `${minimum} is taken for a version of Kamal's and not compared with ours`,
    );
  } else {
    report.problem(
      ["minimum_version"],
      `this is version ${toolVersion}, and the file asks for ${minimum} or later`,
    );
  }
}

function parts(version: string): number[] | null {
  return /^v?\d+(\.\d+)*([-.+]\w+)*$/.test(version)
    ? version
        .replace(/^v/, "")
        .split(/[.-]/)
        .map((part) => Number.parseInt(part, 10) || 0)
    : null;
}

function isOlder(version: number[], than: number[]): boolean {
  for (const [index, wanted] of than.entries()) {
    const have = version[index] ?? 0;
    if (have !== wanted) return have < wanted;
  }
  return false;
}
