import type { Config } from "../config/config.ts";
import type { Fleet } from "../hosts/fleet.ts";
import { readHostVariables, type VariablesByHost } from "../observe/host-variables.ts";
import { ownCertificate } from "../release/certificate.ts";
import { containerEnvironment, type Environment } from "../release/environment.ts";
import { refersToHosts } from "../release/host-variables.ts";
import type { BesidePlan } from "./carry-out.ts";
import type { Order } from "./order.ts";

/** What a new release needs that no plan may hold: environments, certificates, the registry's login. */
export async function besidePlan(
  { project, version, values, login }: Order,
  fleet: Fleet,
): Promise<BesidePlan> {
  const { config } = project;
  const variables = refersToHosts(config) ? await readHostVariables(fleet) : new Map();
  return {
    login: async () => login,
    environment: (host, role) => environment(config, version, host, role, values, variables),
    certificate: (role) => ownCertificate(config, role, values),
  };
}

function environment(
  config: Config,
  version: string,
  host: string,
  name: string,
  values: ReadonlyMap<string, string>,
  variables: VariablesByHost,
): Environment {
  const role = config.roles.find((one) => one.name === name);
  const place = role?.hosts.find((one) => one.host === host);
  if (role === undefined || place === undefined) return {};
  const { destination } = config;
  const self = { container: `${role.containerPrefix}-${version}`, version, host, destination };
  return containerEnvironment(place.env, self, values, variables.get(host));
}
