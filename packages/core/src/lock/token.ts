import { createHash } from "node:crypto";

/**
 * Where a command finds the token of the lock that the one which started it holds. A token is passed
 * on in the environment only, and hosts keep its checksum: it is no secret that anyone could use
 * without being on the hosts, but it need not lie there either.
 */
export const TOKEN_VARIABLE = "DEPLOY_LOCK";

/** As it lies on the hosts. */
export function checksumOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
