/** How a host's engine logs in to a registry, for one pull; it is kept nowhere. */
export interface RegistryLogin {
  /** `registry.example.com:4443`; Docker Hub's old name for Docker Hub. */
  serveraddress: string;
  username: string;
  password: string;
}
