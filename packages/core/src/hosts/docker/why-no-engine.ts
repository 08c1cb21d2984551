import type { Client } from "ssh2";
import { DeployError } from "../../errors/index.ts";
import { runScript } from "../script.ts";

/** Prints what of Docker is there, a word a line. */
const LOOK_FOR_DOCKER = `
command -v docker > /dev/null 2>&1 && echo client
[ -S /var/run/docker.sock ] && echo socket
[ -w /var/run/docker.sock ] && echo writable
true
`;

/** What of Docker is on a host. */
type Trace = "client" | "socket" | "writable";

/** The error for a host whose engine cannot be spoken to: not installed, not running, or not for this user. */
export async function whyNoEngine(
  host: string,
  user: string,
  client: Client,
  failures: readonly string[],
): Promise<DeployError> {
  // Where not even a script runs, what failed before says more.
  const said = await runScript(client, LOOK_FOR_DOCKER, []).catch(() => null);
  const traces = new Set((said?.stdout ?? "").split("\n")) as ReadonlySet<string>;
  return explained(host, user, (trace) => traces.has(trace), said !== null, failures);
}

/** The sentence, by what was found. */
export function explained(
  host: string,
  user: string,
  has: (trace: Trace) => boolean,
  looked: boolean,
  failures: readonly string[],
): DeployError {
  const unavailable = (cause: string, hint: string) =>
    new DeployError("DOCKER_UNAVAILABLE", { host, cause, hint, details: [...failures], state: "unchanged" });
  if (looked && !has("socket") && !has("client"))
    return unavailable(
      `Docker is not installed on ${host}`,
      `as root on ${host}: curl -fsSL https://get.docker.com | sh   (or: apt-get install docker.io)`,
    );
  if (has("socket") && !has("writable"))
    return unavailable(
      `${user} may not use Docker on ${host}`,
      `as root on ${host}: usermod -aG docker ${user}`,
    );
  if (looked && !has("socket"))
    return unavailable(
      `Docker is installed on ${host} and does not run`,
      `as root on ${host}: systemctl enable --now docker`,
    );
  return unavailable(
    `Docker on ${host} does not answer`,
    `on ${host}: docker version, systemctl status docker`,
  );
}
