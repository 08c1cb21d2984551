import { DeployError } from "../errors/index.ts";

/** How many of the last lines of a build are kept as evidence. */
const EVIDENCE_LINES = 20;

const REFUSED =
  /401 unauthorized|403 forbidden|authentication required|incorrect username or password|access to the resource is denied|insufficient_scope|no basic auth credentials/i;
const PUSH =
  /failed to push|error: failed to solve: failed to (do request|copy|push)|pushing .* error|ERROR.*exporting to image/i;

/**
 * What a build that failed says of itself.
 *
 * @param lines everything that buildx wrote
 * @param server the registry that was pushed to
 */
export function buildFailure(lines: readonly string[], server: string): DeployError {
  const text = lines.join("\n");
  const details = lines.slice(-EVIDENCE_LINES);
  const error = lines.findLast((line) => /^ERROR|^error:/i.test(line))?.replace(/^ERROR:\s*/i, "");
  if (REFUSED.test(text))
    return new DeployError("REGISTRY_REFUSED", {
      cause: `the registry ${server} refused the user or password`,
      hint: "check registry.username and registry.password, and what the secrets file gives for them",
      state: "unchanged",
      details,
    });
  if (PUSH.test(text))
    return new DeployError("TRANSFER_FAILED", {
      cause: `the image was built but could not be pushed to ${server}: ${error ?? "see below"}`,
      hint: "does the registry answer from this machine?",
      state: "unchanged",
      details,
    });
  if (
    /is not a docker command|unknown command: docker buildx|unknown flag: --progress|unknown shorthand/i.test(
      text,
    )
  )
    return builderMissing("Docker's buildx plugin is not installed on this machine");
  if (/cannot connect to the docker daemon|error during connect/i.test(text))
    return builderMissing("no Docker engine answers on this machine, so nothing can be built");
  return new DeployError("BUILD_FAILED", {
    cause: `the image could not be built: ${error ?? "see below"}`,
    hint: "the same by hand: docker buildx build .",
    state: "unchanged",
    details,
  });
}

/** @param cause what of Docker is missing on this machine */
export function builderMissing(cause: string): DeployError {
  return new DeployError("BUILDER_MISSING", {
    cause,
    hint: "install Docker with buildx here, or deploy an image that is in the registry: deploy --skip-push",
    state: "unchanged",
  });
}
