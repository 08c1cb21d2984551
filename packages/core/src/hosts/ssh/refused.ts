import { DeployError } from "../../errors/index.ts";
import type { Stage } from "../way.ts";
import type { Identity } from "./identities.ts";

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
      hint: `try by hand: ssh -p ${port} ${user}@${host}; name the right user and key under ssh.user and ssh.keys`,
      ...(details.length === 0 ? {} : { details }),
      state: "unchanged",
    },
    { cause: error },
  );
}
