import { DeployError, type ErrorFacts } from "../errors/index.ts";

/** A build that failed. */
export interface FailedBuild {
  /** What buildx printed with `--progress=plain`, secrets already hidden. */
  lines: readonly string[];
  /** The registry's name for messages. */
  registry: string;
}

/** How many lines of a failing step are worth showing before the whole log is. */
const EVIDENCE_LINES = 20;

const REFUSED =
  /unauthorized|authentication required|no basic auth credentials|incorrect username or password|insufficient_scope|access to the resource is denied|\bdenied\b|403 Forbidden|401 Unauthorized/i;

/** Says in our words why buildx failed: what its step was, and whose side it was on. */
export function explainBuildFailure(build: FailedBuild): DeployError {
  const failed = failedStep(build.lines);
  const reason = lastError(build.lines);
  if (failed !== null && /^(pushing|exporting|failed to push)/.test(failed.title))
    return pushFailure(build.registry, reason, failed.output);
  const excerpt = dockerfileExcerpt(build.lines);
  const facts: ErrorFacts = {
    cause:
      failed === null
        ? `the image could not be built: ${reason}`
        : `the build failed at ${failed.title}: ${reason}`,
    hint: hintFor(reason),
    details: [...(failed?.output.slice(-EVIDENCE_LINES) ?? []), ...excerpt],
    state: "unchanged",
  };
  return new DeployError("BUILD_FAILED", facts);
}

function pushFailure(registry: string, reason: string, output: string[]): DeployError {
  const facts = { details: output.slice(-EVIDENCE_LINES), state: "unchanged" } as const;
  if (REFUSED.test(reason))
    return new DeployError("REGISTRY_REFUSED", {
      cause: `${registry} refused the image: ${reason}`,
      hint: "see registry.username and registry.password in the configuration, and that this user may push there",
      ...facts,
    });
  return new DeployError("TRANSFER_FAILED", {
    cause: `the image could not be pushed to ${registry}: ${reason}`,
    hint: "is registry.server right, and does the registry answer from this machine?",
    ...facts,
  });
}

function hintFor(reason: string): string {
  if (/no space left on device/i.test(reason))
    return "make room on this machine: docker system df, docker builder prune";
  if (/failed to resolve source metadata|pull access denied/.test(reason))
    return "see the image after FROM: its name, whether this machine reaches its registry, and whether it needs a login (docker login)";
  if (/exec format error/.test(reason))
    return "this machine cannot run programs of that processor: install QEMU (docker run --privileged tonistiigi/binfmt --install all), or name a builder.remote";
  return "mend it and deploy again; what was built before stays cached";
}

interface FailedStep {
  /** `[3/3] RUN bundle install`, without the number. */
  title: string;
  output: string[];
}

/** Steps are numbered: `#7 [3/3] RUN …`, then `#7 0.201 output`, at last `#7 ERROR: …`. */
function failedStep(lines: readonly string[]): FailedStep | null {
  const number = lines.findLast((line) => /^#\d+ ERROR: /.test(line))?.split(" ")[0];
  if (number === undefined) return null;
  const own = lines
    .filter((line) => line.startsWith(`${number} `))
    .map((line) => line.slice(number.length + 1));
  const [title = ""] = own;
  const output = own.filter((line) => /^\d+\.\d+ /.test(line)).map((line) => line.replace(/^\d+\.\d+ /, ""));
  return { title, output };
}

/** Buildx ends with `ERROR: …`; what comes before the reason is the chain of its own functions. */
function lastError(lines: readonly string[]): string {
  const line =
    lines.findLast((text) => /^ERROR: /.test(text)) ?? lines.findLast((text) => text.trim() !== "");
  return (line ?? "it said nothing").replace(/^ERROR: (failed to (build|solve): )*/, "").trim();
}

/** The lines of the Dockerfile around the one at fault, which buildx marks with `>>>`. */
function dockerfileExcerpt(lines: readonly string[]): string[] {
  const start = lines.findIndex(
    (line, index) => /^\S+:\d+$/.test(line) && lines[index + 1]?.startsWith("----"),
  );
  if (start < 0) return [];
  const end = lines.findIndex((line, index) => index > start + 1 && line.startsWith("----"));
  return lines.slice(start, end < 0 ? undefined : end).filter((line) => !line.startsWith("----"));
}
