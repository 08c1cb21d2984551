import { DeployError } from "../errors/index.ts";
import { dockerSentence } from "../hosts/docker/docker-status.ts";
import type { Host } from "../hosts/host.ts";
import type { RegistryLogin } from "../steps/registry-login.ts";

/**
 * Asks the registry, through one host's engine, which image a tag names now, so that every host
 * boots the same.
 *
 * @param reference `registry.example.com/acme/shop:3f2a1c`
 * @returns `sha256:…`
 * @throws DeployError TRANSFER_FAILED when there is no such tag, REGISTRY_REFUSED
 */
export async function registryDigest(
  host: Host,
  reference: string,
  login: RegistryLogin | null,
): Promise<string> {
  const options = login === null ? {} : { authconfig: login };
  try {
    const found = await host.docker.getImage(reference).distribution(options);
    return found.Descriptor.digest;
  } catch (error) {
    const said = dockerSentence(error);
    if (/unauthorized|denied|authentication required/i.test(said))
      throw new DeployError(
        "REGISTRY_REFUSED",
        {
          cause: `the registry refused the user or password for ${reference}: ${said}`,
          hint: "check registry.username and registry.password",
          state: "unchanged",
        },
        { cause: error },
      );
    throw new DeployError(
      "TRANSFER_FAILED",
      {
        cause: `${reference} could not be found in the registry: ${said}`,
        hint: "build and push it first: deploy without --skip-push, or name another --version",
        state: "unchanged",
      },
      { cause: error },
    );
  }
}
