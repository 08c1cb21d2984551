import type { Config } from "../config/config.ts";
import type { VariablesByHost } from "../observe/host-variables.ts";
import { ownCertificate } from "../release/certificate.ts";
import { checksum, environmentChecksums } from "../release/checksum.ts";
import { configuredEnvironment, containerEnvironment, type Environment } from "../release/environment.ts";
import type { Sealed } from "../release/new-record.ts";
import type { BesidePlan } from "./carry-out.ts";
import type { Order } from "./order.ts";

/** What secrets come from. */
export type Secrets = Pick<Order, "project" | "version" | "values" | "login">;

/**
 * What a new release needs that no plan may hold: environments, certificates, the registry's login.
 *
 * @param keys of checksums, by host
 */
export function besidePlan(
  { project, version, values, login }: Secrets,
  variables: VariablesByHost,
  keys: ReadonlyMap<string, string>,
): BesidePlan {
  const { config } = project;
  return {
    login: async () => login,
    environment: (host, role) => {
      const { destination, roles } = config;
      const prefix = roles.find(({ name }) => name === role)?.containerPrefix ?? "";
      const self = { container: `${prefix}-${version}`, version, host, destination };
      return containerEnvironment(envOf(config, host, role), self, values, variables.get(host));
    },
    certificate: (role) => ownCertificate(config, role, values),
    checksumKey: (host) => keys.get(host) ?? "",
  };
}

/** Checksums of what a host's record may not hold itself. */
export function sealedFor(
  host: string,
  { project, values }: Secrets,
  variables: VariablesByHost,
  key: string,
): Sealed {
  const { config } = project;
  return {
    environment: (role) => {
      const own: Environment = configuredEnvironment(
        envOf(config, host, role),
        values,
        variables.get(host) ?? new Map(),
      );
      return environmentChecksums(key, own);
    },
    certificate: (role) => {
      const own = ownCertificate(config, role, values);
      return own === null ? null : checksum(key, own.certificate, own.privateKey);
    },
  };
}

function envOf({ roles }: Config, host: string, role: string) {
  const places = roles.find(({ name }) => name === role)?.hosts ?? [];
  return places.find((place) => place.host === host)?.env ?? { clear: {}, secret: [] };
}
