import { z } from "zod";
import type { Config } from "../config/config.ts";

/** A certificate of the user's own with its key, both PEM. */
export const certificateFile = z.object({ certificate: z.string(), privateKey: z.string() });
export type Certificate = z.infer<typeof certificateFile>;

/** The names of the secrets that hold the roles' own certificates, each once. */
export function certificateSecrets(config: Config): string[] {
  const names = config.roles.flatMap(({ proxy }) =>
    proxy?.tls.kind === "own" ? [proxy.tls.certificate.secret, proxy.tls.privateKey.secret] : [],
  );
  return [...new Set(names)];
}

/**
 * A role's own certificate; null where it has none.
 *
 * @param values every secret's value, by name
 */
export function ownCertificate(
  config: Config,
  role: string,
  values: ReadonlyMap<string, string>,
): Certificate | null {
  const tls = config.roles.find(({ name }) => name === role)?.proxy?.tls;
  if (tls?.kind !== "own") return null;
  return {
    certificate: values.get(tls.certificate.secret) ?? "",
    privateKey: values.get(tls.privateKey.secret) ?? "",
  };
}
