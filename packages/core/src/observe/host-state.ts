import type { Architecture } from "../commands/context.ts";
import type { ReleaseRecord } from "../release/record.ts";

/** Every targeted host as it was when we looked. */
export type FleetState = readonly HostState[];

/** One host as it was when we looked. Plain data; plans are made from it. */
export interface HostState {
  host: string;
  /** Docker's version, such as `26.1.5`. */
  engine: string;
  architecture: Architecture;
  /** The room where Docker keeps images; null where it cannot be told. */
  disk: DiskState | null;
  /** How far the host's clock is ahead of ours, in milliseconds; negative where it is behind. */
  clockSkewMs: number;
  /** The SSH user's home folder on the host; absolute. */
  home: string;
  /** Whether the network that apps and proxy share is there. */
  network: boolean;
  proxy: ProxyState;
  /** Containers of this app, newest first. */
  containers: ObservedContainer[];
  /** The names of all containers on the host, anyone's. */
  takenNames: string[];
  /** Images that containers use which are not this app's. */
  foreignImageIds: string[];
  /** Images of this app's repository. */
  images: ObservedImage[];
  /** Releases that can be booted here, newest first. */
  records: ReleaseRecord[];
  /** What serves, and served before, by the last commit; null before the first. */
  active: ActiveRelease | null;
  /** Who is at work on this app at the moment; null: nobody. */
  lock: LockState | null;
  /** Runs that are at work, or ended without tidying up; by the names of their journals. */
  unfinished: string[];
  /** Files whose writing was broken off, or goes on at the moment; paths within the app's folder. */
  temporaries: string[];
  /** What values are told apart with that must not be told; null where nothing was deployed yet. Secret. */
  checksumKey: string | null;
}

/** A file system, in bytes. */
export interface DiskState {
  /** The folder that was asked about: Docker's. */
  folder: string;
  freeBytes: number;
  totalBytes: number;
}

/** A lock that is held. */
export interface LockState {
  /** `anna@laptop` */
  by: string;
  command: string;
  version: string | null;
  /** How long it has been held. */
  forMs: number;
}

/** A service of this app as the proxy has it. */
export interface ProxyServiceState {
  /** `shop-web` */
  service: string;
  /** The candidate that requests go to; null where they go nowhere. */
  candidate: string | null;
  /** Where requests go: `3f2a1c0d9e8b:3000`, the container by the first digits of its id. */
  targets: string[];
  traffic: "open" | "paused" | "stopped";
}

export interface ProxyState {
  container: "missing" | "stopped" | "running";
  /** The version that answers; of its container's image where none does, null where there is none. */
  version: string | null;
  /** Whether the image that we would start is on the host. */
  imagePresent: boolean;
  /** A checksum of how its container was made; null where there is none, or none was noted. */
  options: string | null;
  /** Every service it knows, other apps' too; null where it does not run or does not answer. */
  services: ProxyServiceState[] | null;
}

/** A container of this app. */
export interface ObservedContainer {
  id: string;
  name: string;
  /** As Docker says it. */
  state: string;
  /** As Docker says it: `Up 3 minutes`. */
  status: string;
  /** By its own Docker health check; null where it has none, or does not run. */
  health: "healthy" | "unhealthy" | "starting" | null;
  /** As it was asked for. */
  image: string;
  imageId: string;
  /** Seconds since the epoch, on the host's clock. */
  createdAt: number;
  role: string;
  version: string;
  release: string;
}

export interface ObservedImage {
  id: string;
  /** `repository@sha256:…` and `repository:tag`. */
  references: string[];
  /** Layers that it shares with others included. */
  sizeBytes: number;
}

/** Which release serves on a host. Written at each commit. */
export interface ActiveRelease {
  schemaVersion: 1;
  release: string;
  version: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Releases that served before, newest first, each once. */
  previous: string[];
}
