import type { ContainerSettings } from "../docker-options/container-settings.ts";
import type { Env, Secret } from "./env.ts";
import type { ProxyRun, ServiceRoute } from "./proxy.ts";

/**
 * What a deploy works from: `config/deploy.yml` with its destination merged in, every default
 * applied, every name resolved. Plain data, so that it can be recorded with a release. Durations
 * are milliseconds and end in `Ms`, sizes are bytes. Secrets are named here, never held.
 */
export interface Config {
  /** `[A-Za-z0-9_-]+`. */
  service: string;
  /** `-d`, or null without one. */
  destination: string | null;
  /** `service` or `service-destination`: names what is the app's own on a host, such as its lock. */
  app: string;
  /** The image without registry and tag: `acme/shop`. */
  image: string;
  /** The image with its registry and without a tag: `registry.example.com/acme/shop`. */
  repository: string;
  registry: Registry;
  /** The primary role first, the others by name. */
  roles: Role[];
  primaryRole: string;
  /** The first host of the primary role. Null only where there are no roles at all. */
  primaryHost: string | null;
  /** Every host of every role once, the primary role's first. */
  appHosts: string[];
  /** Every host of roles and accessories once, the roles' first. */
  hosts: string[];
  /** Every host with a role behind the proxy, once. */
  proxyHosts: string[];
  /** How the proxy itself is run on each of `proxyHosts`. */
  proxyRun: Record<string, ProxyRun>;
  /** By name. */
  accessories: Accessory[];
  builder: Builder;
  ssh: Ssh;
  /** Connections to hosts. */
  connections: Connections;
  boot: Boot;
  /** How long a new release is watched against the one before; 0: not at all. */
  bakeMs: number;
  /** Hosts that a deploy may leave behind when they cannot be reached, at least 0. */
  unreachable: { allow: { hosts: number } | { percent: number } };
  /** Command line by alias. */
  aliases: Record<string, string>;
  /** As written, relative to the project's folder; null: the places where hooks are looked for by default. */
  hooksPath: string | null;
  /** Whether a hook's output is shown, for all hooks (`*`) or by hook. */
  hooksOutput: Record<string, "quiet" | "verbose">;
  /** As written; null: the places where secrets are looked for by default. */
  secretsPath: string | null;
  /** Folder with pages such as `502.html`; null: the proxy's own. */
  errorPagesPath: string | null;
  /** Releases whose stopped container is kept on each host, at least 1. */
  retainContainers: number;
  /** How long a role without proxy and without Docker health check must have stayed up. */
  readinessDelayMs: number;
  /** How long a new container may take until it is healthy. */
  deployTimeoutMs: number;
  /** How long requests on the old container may go on after the switch. */
  drainTimeoutMs: number;
  /** Where state lies on the hosts; null: by the engine (see the docs). */
  runDirectory: string | null;
  output: Output;
}

/** A role: one kind of container, on its hosts. */
export interface Role {
  name: string;
  primary: boolean;
  /** `service-role[-destination]`: the beginning of its containers' names, and its name at the proxy. */
  containerPrefix: string;
  hosts: RoleHost[];
  /** What the container runs, in words; null: what the image says. */
  cmd: string[] | null;
  /** Without its hosts' tags; what a container gets is in `hosts`. */
  env: Env;
  /** Those of the user; ours are added when a container is made. */
  labels: Record<string, string>;
  /** `options`, `volumes` and `logging`, as the Engine API has them. */
  container: ContainerSettings;
  /** Null: the role gets no requests through our proxy. */
  proxy: ServiceRoute | null;
  /** How long a stopped container may take before it is killed. */
  stopTimeoutMs: number;
  /** Null where nothing has to be bridged between two versions. */
  assets: Assets | null;
}

/** A host of a role. */
export interface RoleHost {
  /** Name or address as written. */
  host: string;
  tags: string[];
  /** The whole environment of this role on this host: root, role, then tags in the order listed. */
  env: Env;
}

/** A folder of the image that both versions have to be able to serve while both live. */
export interface Assets {
  /** Inside the container; absolute. */
  path: string;
  /** Mount options such as `ro`; null: none. */
  mountOptions: string | null;
}

/** Something that runs beside the app and is not deployed with it, such as a database. */
export interface Accessory {
  name: string;
  /** Its container's name. */
  service: string;
  /** With registry and tag, as Docker is asked for it. */
  image: string;
  /** Null: the app's registry is not asked, the image is public. */
  registry: Registry | null;
  hosts: string[];
  cmd: string[] | null;
  env: Env;
  labels: Record<string, string>;
  container: ContainerSettings;
  /** Files of the project that are put on the host and mounted. */
  files: AccessoryPath[];
  /** Folders of the host that are made where missing and mounted. */
  directories: AccessoryPath[];
  proxy: ServiceRoute | null;
}

/** A file or folder that is mounted into an accessory's container. */
export interface AccessoryPath {
  /** A file: on this machine, relative to the project. A folder: on the host. */
  local: string;
  /** Inside the container; absolute. */
  remote: string;
  /** Octal, such as `0755`; null: left as it is. */
  mode: string | null;
  /** `user:group`; null: left as it is. */
  owner: string | null;
  mountOptions: string | null;
}

/** Where images go and come from. */
export interface Registry {
  /** `registry.example.com:4443`; null: Docker Hub. */
  server: string | null;
  /** A value, or the secret that holds it; null: no login. */
  username: string | Secret | null;
  password: string | Secret | null;
  /**
   * No registry is used: what is built here goes to the hosts over their connections. Said by
   * `registry: none`, or by `localhost:PORT` as Kamal has it.
   */
  local: boolean;
}

/** How the image is built. Paths are relative to the project's folder. */
export interface Builder {
  /** At least one. */
  arches: ("amd64" | "arm64")[];
  /** Null: a clean clone of the git repository at the release's commit. */
  context: string | null;
  dockerfile: string;
  /** The Dockerfile's stage; null: the last one. */
  target: string | null;
  args: Record<string, string>;
  /** Secrets handed to the build, by the id it mounts them with. */
  secrets: Secret[];
  /** An agent socket or key, as `docker build --ssh` has it. */
  ssh: string | null;
  /** Docker URLs of machines to build on instead, `ssh://user@host` or `tcp://…`. */
  remote: string | null;
  /** False: never build on this machine. */
  local: boolean;
  /** `docker-container`, `docker`, or `cloud ORGANISATION/NAME`. */
  driver: string;
  cache: { type: "gha" | "registry"; options: string | null; image: string | null } | null;
  provenance: string | null;
  sbom: string | null;
  pack: { builder: string; buildpacks: string[] } | null;
}

/** How hosts are reached. */
export interface Ssh {
  /** Null: as ssh_config says for the host, else `root`. */
  user: string | null;
  /** Null: as ssh_config says for the host, else 22. */
  port: number | null;
  /** Jump hosts in the order they are passed, the first reached from here; null as above. */
  proxyJump: { user: string | null; host: string; port: number | null }[];
  /** A command whose standard input and output reach the host. */
  proxyCommand: string | null;
  /** Files as written, `~/` for the user's home; empty: the agent and the usual files. */
  keys: string[];
  keyData: Secret[];
  /** Only `keys` and `keyData`, not the agent's. */
  keysOnly: boolean;
  /** The user's ssh_config: read as ssh does, not at all, or these files. */
  configFiles: "default" | "none" | string[];
  forwardAgent: boolean;
  /** How long a connection that dropped is tried again. */
  reconnectMs: number;
}

export interface Connections {
  /** Connections that are being opened at one time. */
  maxConcurrentStarts: number;
  /** Names that could not be resolved are tried that many times more. */
  dnsRetries: number;
}

/** In which order hosts are switched. */
export interface Boot {
  /** `atomic`: all switch in one burst. `batches`: each group is switched before the next boots. */
  strategy: "atomic" | "batches";
  /** Hosts that boot at a time; null: all. */
  limit: { hosts: number } | { percent: number } | null;
  /** Pause between groups. */
  waitMs: number;
  /** Roles of one host at the same time instead of one after the other. */
  parallelRoles: boolean;
}

/** Where a record of each command goes besides the terminal. */
export interface Output {
  /** A folder on this machine. */
  file: { path: string } | null;
  /** An OTLP/HTTP endpoint. */
  otel: { endpoint: string } | null;
}
