import { posix } from "node:path";
import { DeployError } from "../errors/index.ts";
import { dockerSentence } from "./docker/docker-status.ts";
import { ProxyRefusal } from "./proxy-refusal.ts";
import { hasStatus, SFTP_FAILURE, SFTP_NO_SUCH_FILE, SFTP_PERMISSION_DENIED } from "./ssh/sftp-status.ts";

/**
 * Makes a typed error of whatever Docker, SFTP or the proxy said no with. Errors that are typed
 * already stay as they are.
 */
export function hostFailure(host: string, step: string, error: unknown): DeployError {
  if (error instanceof DeployError) return withPlace(error, host, step);
  const said = dockerSentence(error);
  const facts = { host, step };
  if (/no space left on device|disk quota exceeded/i.test(said))
    return failure(
      "DISK_FULL",
      { ...facts, cause: `${host} has no room left: ${said}`, hint: `on ${host}: docker system df` },
      error,
    );
  if (hasStatus(error, SFTP_PERMISSION_DENIED))
    return failure(
      "HOST_AUTHENTICATION",
      {
        ...facts,
        cause: `the SSH user may not write our state on ${host}`,
        hint: `put the user into the group docker: as root on ${host}, usermod -aG docker USER`,
      },
      error,
    );
  if (hasStatus(error, SFTP_NO_SUCH_FILE) || hasStatus(error, SFTP_FAILURE))
    return failure(
      "STATE_UNUSABLE",
      {
        ...facts,
        cause: `our state on ${host} cannot be read or written: ${said}`,
        hint: `on ${host}: df -h${lookAt(error)}`,
      },
      error,
    );
  if (error instanceof ProxyRefusal && error.code === "stale-fence")
    return failure(
      "LOCK_LOST",
      {
        ...facts,
        cause: `the proxy on ${host} has heard from a later deploy: ${said}`,
        hint: "deploy details",
      },
      error,
    );
  if (error instanceof ProxyRefusal)
    return failure(
      "INTERNAL",
      { ...facts, cause: `the proxy on ${host} refused (${error.code}): ${said}` },
      error,
    );
  if (
    /connection to .* was lost|ECONNRESET|socket hang up|Not connected|No response from server|Channel open failure|ended the conversation/i.test(
      said,
    )
  )
    return failure(
      "HOST_UNREACHABLE",
      { ...facts, cause: `the connection to ${host} broke off: ${said}`, hint: `ssh ${host} true` },
      error,
    );
  if (/connect: connection refused|connection refused|no such file or directory.*docker\.sock/i.test(said))
    return failure(
      "DOCKER_UNAVAILABLE",
      { ...facts, cause: `Docker on ${host} does not answer: ${said}`, hint: `on ${host}: docker version` },
      error,
    );
  return failure("INTERNAL", { ...facts, cause: `${said || "it failed without saying why"}` }, error);
}

/** The same error for a command that has changed nothing yet. */
export function unchanged(error: DeployError): DeployError {
  return new DeployError(error.code, { ...error.facts, state: "unchanged" }, { cause: error });
}

function failure(
  code: ConstructorParameters<typeof DeployError>[0],
  facts: ConstructorParameters<typeof DeployError>[1],
  error: unknown,
): DeployError {
  return new DeployError(code, facts, { cause: error });
}

function withPlace(error: DeployError, host: string, step: string): DeployError {
  if (error.facts.host !== undefined && error.facts.step !== undefined) return error;
  return new DeployError(error.code, { host, step, ...error.facts }, { cause: error.cause ?? error });
}

/** SFTP's errors know what they are about where they come from our files. */
function lookAt(error: unknown): string {
  const known = error instanceof Error && "path" in error && typeof error.path === "string";
  return known ? `; ls -la ${posix.dirname(error.path as string)}` : "";
}
