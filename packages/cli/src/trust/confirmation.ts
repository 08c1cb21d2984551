import type { TrustFound } from "@cutover/core";
import { DeployError } from "@cutover/core/errors";

/** Asks a person a question that is answered with yes or no; null where there is nobody to ask. */
export type Ask = ((question: string) => Promise<boolean>) | null;

/**
 * Decides whether a host's key is to be trusted: by the fingerprint the user gave, by `--yes`, or by asking.
 *
 * @throws DeployError HOST_KEY_UNKNOWN where the fingerprint is another one; USAGE where nobody can be asked
 */
export function confirmation(
  wanted: { fingerprint: string | null; yes: boolean },
  ask: Ask,
): (found: TrustFound) => Promise<boolean> {
  return async (found) => {
    if (wanted.fingerprint !== null) {
      if (withPrefix(wanted.fingerprint) === found.fingerprint) return true;
      throw new DeployError("HOST_KEY_UNKNOWN", {
        host: found.host,
        cause: `it shows ${found.fingerprint}, not the fingerprint given`,
        state: "unchanged",
        hint: "On the host: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub",
      });
    }
    if (wanted.yes) return true;
    if (ask === null) {
      throw new DeployError("USAGE", {
        cause: `whether to trust ${found.fingerprint} of ${found.host} can only be asked on a terminal`,
        hint: `deploy trust ${found.host} --fingerprint ${found.fingerprint}`,
      });
    }
    return ask(question(found));
  };
}

function question(found: TrustFound): string {
  const warning =
    found.before === "changed" ? "This is NOT the key that known_hosts has for this host.\n" : "";
  return `${warning}${address(found)} shows the ${found.algorithm} key\n  ${found.fingerprint}\nTrust it?`;
}

const address = ({ host, port }: TrustFound) => (port === 22 ? host : `${host}:${port}`);

const withPrefix = (fingerprint: string) =>
  fingerprint.startsWith("SHA256:") ? fingerprint : `SHA256:${fingerprint}`;
