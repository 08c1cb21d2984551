import type { BesidePlan } from "./carry-out.ts";
import { type Project, registryLogin } from "./project.ts";

/** What is secret was written down when the release was new; only a pull may need a login. */
export function writtenDown({ config, secrets }: Project): BesidePlan {
  return {
    login: () => registryLogin(config.registry, secrets),
    environment: () => ({}),
    certificate: () => null,
    checksumKey: () => "",
  };
}
