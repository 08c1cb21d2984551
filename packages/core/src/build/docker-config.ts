/** A Docker client's `config.json`, of which we know these. */
export interface DockerConfig {
  auths?: Record<string, unknown>;
  credHelpers?: Record<string, string>;
  [other: string]: unknown;
}

/** Who we are at a registry. */
export interface Login {
  /** `registry.example.com:4443`; null: Docker Hub. */
  server: string | null;
  username: string;
  password: string;
}

/** What Docker's clients call Docker Hub among the logins. */
const DOCKER_HUB = "https://index.docker.io/v1/";

/**
 * The user's configuration with one login more. Its other logins and the programs that keep them
 * stay, for base images that need them.
 */
export function withLogin(config: DockerConfig, login: Login): DockerConfig {
  const server = login.server ?? DOCKER_HUB;
  const auth = Buffer.from(`${login.username}:${login.password}`).toString("base64");
  return {
    ...config,
    auths: { ...config.auths, [server]: { auth } },
    // A helper with no name means this file: else a `credsStore` would be asked instead.
    credHelpers: { ...config.credHelpers, [server]: "" },
  };
}
