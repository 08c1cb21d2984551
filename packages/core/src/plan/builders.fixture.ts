import type { ProxyRun } from "../config/proxy.ts";
import type {
  ActiveRelease,
  HostState,
  ObservedContainer,
  ProxyServiceState,
  ProxyState,
} from "../observe/host-state.ts";
import type { ReleaseRecord, RoleRecord } from "../release/record.ts";
import type { HostBoot } from "./boot.ts";
import type { PlanInput } from "./deploy-plan.ts";
import type { Phase, PhaseName, Plan } from "./plan.ts";
import type { Rollout } from "./rollout.ts";

/** A digest that can be told from others by one letter. */
export function aDigest(letter: string): string {
  return `sha256:${letter.repeat(64)}`;
}

/** A host with Docker, the network and a running proxy, and nothing of the app. */
export function aHostState(over: Partial<HostState> = {}): HostState {
  return {
    host: "web1",
    engine: "26.1.5",
    architecture: "amd64",
    disk: { folder: "/var/lib/docker", freeBytes: 50e9, totalBytes: 100e9 },
    clockSkewMs: 3,
    home: "/root",
    network: true,
    proxy: aProxy(),
    containers: [],
    takenNames: ["cutover-proxy"],
    foreignImageIds: [],
    images: [],
    records: [],
    active: null,
    lock: null,
    unfinished: [],
    temporaries: [],
    checksumKey: "key",
    ...over,
  };
}

/** That the proxy sends the requests of `web` to `r1`. */
export function aProxyService(over: Partial<ProxyServiceState> = {}): ProxyServiceState {
  return { service: "shop-web", candidate: "r1", targets: ["c1:3000"], traffic: "open", ...over };
}

/** A proxy that runs, knows no service, and was made as wanted. */
export function aProxy(over: Partial<ProxyState> = {}): ProxyState {
  const made = { version: "0.1.0", options: null, imagePresent: true };
  return { container: "running", ...made, services: [], ...over };
}

/** How a proxy is run where the file says nothing of it. */
export function aProxyRun(): ProxyRun {
  return {
    httpPort: 80,
    httpsPort: 443,
    metricsPort: null,
    debug: false,
    logMaxSize: "10m",
    publish: true,
    bindIps: [],
    acme: null,
    container: { HostConfig: {} },
  };
}

/** The role `web` of the app `shop`, behind the proxy. */
export function aRoleRecord(over: Partial<RoleRecord> = {}): RoleRecord {
  return {
    role: "web",
    prefix: "shop-web",
    container: "shop-web-v2",
    environment: { GREETING: "e1" },
    certificate: null,
    settings: { HostConfig: {} },
    restart: { Name: "unless-stopped" },
    proxy: { appPort: 3000, tls: null, options: { hosts: [] }, health: { path: "/up" } },
    readinessDelayMs: 7_000,
    deployTimeoutMs: 30_000,
    drainTimeoutMs: 30_000,
    stopTimeoutMs: 10_000,
    ...over,
  };
}

/** Release `r2` of version `v2`, with one role. */
export function aRecord(over: Partial<ReleaseRecord> = {}): ReleaseRecord {
  return {
    schemaVersion: 1,
    release: "r2",
    version: "v2",
    app: "shop",
    image: { repository: "registry.test/shop", tag: "v2", digest: aDigest("b") },
    createdAt: 2,
    createdBy: "anna@laptop",
    toolVersion: "0.1.0",
    build: null,
    roles: [aRoleRecord()],
    ...over,
  };
}

/** The record of an older release, `r1` of `v1` unless told otherwise. */
export function anOlderRecord(number: number = 1): ReleaseRecord {
  const version = `v${number}`;
  const image = { repository: "registry.test/shop", tag: version, digest: aDigest(`${number}`) };
  return aRecord({
    release: `r${number}`,
    version,
    image,
    createdAt: number - 100,
    roles: [aRoleRecord({ container: `shop-web-${version}` })],
  });
}

/** The running container of release `r1`. */
export function aContainer(over: Partial<ObservedContainer> = {}): ObservedContainer {
  return {
    id: "c1",
    name: "shop-web-v1",
    state: "running",
    status: "Up 3 minutes",
    health: null,
    image: "registry.test/shop",
    imageId: "i1",
    createdAt: 1,
    role: "web",
    version: "v1",
    release: "r1",
    ...over,
  };
}

/** That `r1` serves. */
export function anActive(over: Partial<ActiveRelease> = {}): ActiveRelease {
  return { schemaVersion: 1, release: "r1", version: "v1", at: 1, previous: [], ...over };
}

/** A host on which release `r1` serves. */
export function aServingState(over: Partial<HostState> = {}): HostState {
  const container = aContainer();
  return aHostState({
    containers: [container],
    takenNames: ["cutover-proxy", container.name],
    records: [anOlderRecord()],
    active: anActive(),
    ...over,
  });
}

/** All hosts in one burst, the role `web` first. */
export function aRollout(over: Partial<Rollout> = {}): Rollout {
  return {
    strategy: "atomic",
    hostsAtATime: null,
    waitMs: 0,
    bakeMs: 0,
    parallelRoles: false,
    primaryRole: "web",
    ...over,
  };
}

/** The input for a plan that brings release `r2`. */
export function aPlanInput(boots: HostBoot[], over: Partial<PlanInput> = {}): PlanInput {
  return {
    release: { id: "r2", version: "v2", image: aRecord().image },
    boots,
    rollout: aRollout(),
    proxy: null,
    tags: ["latest"],
    retain: 5,
    at: 10,
    newNames: (_host, name) => `${name}_replaced_0123456789abcdef`,
    ...over,
  };
}

/** What a phase does, as `host: kind, kind` for each lane. */
export function told(plan: Plan, name: PhaseName): string[] {
  return phase(plan, name).lanes.map(
    ({ host, steps }) => `${host}: ${steps.map(({ kind }) => kind).join(", ")}`,
  );
}

/** A phase of a plan, empty where the plan has none. */
export function phase(plan: Plan, name: PhaseName): Phase {
  return plan.phases.find((one) => one.name === name) ?? { name, title: "", onFailure: "undo", lanes: [] };
}
