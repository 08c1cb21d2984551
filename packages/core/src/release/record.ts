import type { HealthCheck, ServiceOptions } from "@cutover/proxy/protocol";
import type { ContainerSettings } from "../docker-options/container-settings.ts";
import type { RestartPolicy } from "./container-settings.ts";
import type { ReleaseImage } from "./release.ts";

/** The version of the record's shape that is written. Older ones are read, newer ones refused. */
export const RECORD_SCHEMA = 1;

/**
 * A release as one host runs it, written before its containers are made and never changed: enough to
 * boot it again with neither the project, the registry nor git. Its environments lie beside it.
 */
export interface ReleaseRecord {
  schemaVersion: typeof RECORD_SCHEMA;
  release: string;
  version: string;
  app: string;
  image: ReleaseImage;
  /** Milliseconds since the epoch, on the clock of whoever deployed. */
  createdAt: number;
  /** Who deployed, for people: `anna@laptop`. */
  createdBy: string;
  toolVersion: string;
  /** What the image was built from; null where the same again may be built differently. */
  build: BuildInputs | null;
  /** The release whose image and settings these are, for one that a rollback made; else absent. */
  rollbackOf?: { release: string; createdAt: number };
  roles: RoleRecord[];
}

/** What a build was made from: the same inputs give the same image, so it need not be built again. */
export interface BuildInputs {
  /** In full. */
  commit: string;
  /** A keyed checksum of how it was built: arguments, target, platforms. */
  options: string;
}

/** How one role of a release is booted on this host. */
export interface RoleRecord {
  role: string;
  /** `service-role[-destination]`: its name at the proxy. */
  prefix: string;
  /** `service-role[-destination]-version` */
  container: string;
  /** A keyed checksum of each configured variable, by name. The values lie beside the record. */
  environment: Record<string, string>;
  /** The same of its own certificate and key; null where it has none. */
  certificate: string | null;
  /** The Engine API's body, without image and environment. */
  settings: ContainerSettings;
  /** The user's restart policy, which it gets once it is committed. */
  restart: RestartPolicy;
  proxy: RoleRoute | null;
  /** How long a role without a proxy must have stayed up. */
  readinessDelayMs: number;
  deployTimeoutMs: number;
  drainTimeoutMs: number;
  stopTimeoutMs: number;
}

/** What the proxy is told of a role. */
export interface RoleRoute {
  appPort: number;
  /**
   * How https is served; null: not at all. An own certificate and its key lie beside the record, never
   * in it.
   */
  tls: { source: "automatic" | "own"; redirect: boolean } | null;
  options: ServiceOptions;
  health: HealthCheck;
}
