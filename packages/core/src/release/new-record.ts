import type { ServiceOptions } from "@cutover/proxy/protocol";
import type { Random } from "../commands/context.ts";
import type { Config, Role } from "../config/config.ts";
import type { Buffering, ServiceRoute } from "../config/proxy.ts";
import type { ContainerSettings } from "../docker-options/container-settings.ts";
import { containerSettings, hostnameOf, restartPolicy, roleLabels } from "./container-settings.ts";
import {
  type BuildInputs,
  RECORD_SCHEMA,
  type ReleaseRecord,
  type RoleRecord,
  type RoleRoute,
} from "./record.ts";
import type { Release } from "./release.ts";

/** Who released, when, with what. */
interface ReleaseOrigin {
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** `anna@laptop` */
  createdBy: string;
  toolVersion: string;
  build: BuildInputs | null;
}

/** Makes host paths of a role's settings absolute. */
type ResolveSettings = (settings: ContainerSettings) => ContainerSettings;

/** Checksums of what is secret, by role. */
export interface Sealed {
  environment(role: string): Record<string, string>;
  certificate(role: string): string | null;
}

/** What a record is made from. */
export interface RecordRequest {
  config: Config;
  host: string;
  release: Release;
  origin: ReleaseOrigin;
  random: Random;
  resolve: ResolveSettings;
  sealed: Sealed;
}

/** What one host is to run for a release, with everything needed to boot it again. */
export function newRecord(request: RecordRequest): ReleaseRecord {
  const { config, host, release, origin } = request;
  const roles = config.roles.filter((role) => role.hosts.some((entry) => entry.host === host));
  return {
    schemaVersion: RECORD_SCHEMA,
    release: release.id,
    version: release.version,
    app: config.app,
    image: release.image,
    ...origin,
    roles: roles.map((role) => roleRecord(role, request)),
  };
}

function roleRecord(
  role: Role,
  { config, host, release, random, resolve, sealed }: RecordRequest,
): RoleRecord {
  const settings = resolve(role.container);
  const { service, destination, app } = config;
  const identity = { service, destination, app, release: release.id, version: release.version };
  const hostname = hostnameOf(host, random.hex(6));
  return {
    role: role.name,
    prefix: role.containerPrefix,
    container: `${role.containerPrefix}-${release.version}`,
    environment: sealed.environment(role.name),
    certificate: sealed.certificate(role.name),
    settings: containerSettings(role, settings, roleLabels(identity, role), hostname),
    restart: restartPolicy(settings),
    proxy: role.proxy === null ? null : roleRoute(role.proxy),
    readinessDelayMs: config.readinessDelayMs,
    deployTimeoutMs: config.deployTimeoutMs,
    drainTimeoutMs: config.drainTimeoutMs,
    stopTimeoutMs: role.stopTimeoutMs,
  };
}

function roleRoute(route: ServiceRoute): RoleRoute {
  return {
    appPort: route.appPort,
    tls: route.tls.kind === "none" ? null : { source: route.tls.kind, redirect: route.tlsRedirect },
    options: {
      hosts: route.hosts,
      ...(route.pathPrefixes.length === 0 ? {} : { pathPrefixes: route.pathPrefixes }),
      stripPathPrefix: route.stripPathPrefix,
      responseTimeoutMs: route.responseTimeoutMs,
      forwardHeaders: route.forwardHeaders,
      ...(route.trustedProxies.length === 0 ? {} : { trustedProxies: route.trustedProxies }),
      ...bufferingOptions(route.buffering),
      ...(route.logging === null ? {} : { requestLog: route.logging }),
    },
    health: route.healthcheck,
  };
}

/** 0 is no limit in the configuration, and no limit is not said to the proxy. */
function bufferingOptions(buffering: Buffering): Partial<ServiceOptions> {
  const { requests, responses, memory, maxRequestBody, maxResponseBody } = buffering;
  return {
    buffering: { requests, responses, memoryBytes: memory },
    ...(maxRequestBody === 0 ? {} : { maxRequestBytes: maxRequestBody }),
    ...(maxResponseBody === 0 ? {} : { maxResponseBytes: maxResponseBody }),
  };
}
