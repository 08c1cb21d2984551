import { existsSync } from "node:fs";
import { checkout } from "../checkout.ts";
import type { Engine } from "../engine/ensure-engine.ts";
import { command } from "../process/command.ts";

/** Where Debian, Fedora and others keep what they trust. */
const CA_BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/cert.pem",
];

/** The variables of `docker-compose.yml`, and what the docker command needs to reach the engine. */
export function composeEnvironment(
  engine: Engine,
  sandbox: { owner: string; images: string; port: number; npmRegistry: string },
): Record<string, string> {
  const { env } = engine;
  const given = (name: string) => (env[name] === undefined ? {} : { [name]: env[name] });
  return {
    ...given("PATH"),
    ...given("DOCKER_CONFIG"),
    DOCKER_HOST: engine.dockerHost,
    CUTOVER_SANDBOX_OWNER: sandbox.owner,
    CUTOVER_SANDBOX_CHECKOUT: checkout,
    CUTOVER_SANDBOX_IMAGES: sandbox.images,
    CUTOVER_SANDBOX_PORT: String(sandbox.port),
    CUTOVER_SANDBOX_CA: trustedBundle(env),
    CUTOVER_SANDBOX_NPM_REGISTRY: sandbox.npmRegistry,
  };
}

/** What this machine trusts beside the public authorities, so that its proxies are trusted inside too. */
function trustedBundle(env: NodeJS.ProcessEnv): string {
  const named = env["NODE_EXTRA_CA_CERTS"];
  const bundles = named ? [named, ...CA_BUNDLES] : CA_BUNDLES;
  return bundles.find((file) => existsSync(file)) ?? "/dev/null";
}

/** Where this machine has npm look for packages; empty where it cannot be asked. */
export async function npmRegistry(env: NodeJS.ProcessEnv): Promise<string> {
  const configured = await command("npm", ["config", "get", "registry"], { env });
  return configured.exitCode === 0 ? configured.stdout.trim() : "";
}
