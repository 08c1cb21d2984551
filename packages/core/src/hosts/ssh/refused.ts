import { DeployError } from "../../errors/index.ts";
import type { Stage } from "../way.ts";
import type { Identity } from "./identities.ts";

/** How a host ends it that lets nobody try more keys. */
export const TOO_MANY = /too many authentication failures/i;

/** The error for a host that accepted nothing of what was tried. */
export function refusedEverything(
  { address, identities: { passedOver }, unused }: Stage,
  tried: readonly Identity[],
  error: Error,
): DeployError {
  const { user, host, port } = address;
  const names = [...new Set(tried.map(({ name }) => name))];
  const details = [...passedOver, ...unused];
  return new DeployError(
    "HOST_AUTHENTICATION",
    {
      cause:
        names.length === 0
          ? `there is no SSH key to log in with as ${user}@${host}`
          : `${user}@${host} accepted none of: ${names.join(", ")}`,
      host,
      hint: TOO_MANY.test(error.message)
        ? "the agent holds more keys than the host lets us try: name the right one under ssh.keys, with keys_only: true"
        : `try by hand: ssh -p ${port} ${user}@${host}; name the right user and key under ssh.user and ssh.keys`,
      ...(details.length === 0 ? {} : { details }),
      state: "unchanged",
    },
    { cause: error },
  );
}
