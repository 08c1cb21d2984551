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
}

export interface ProxyState {
  container: "missing" | "stopped" | "running";
  /** The version of the image that its container was made from; null where there is none. */
  version: string | null;
  /** Whether the image that we would start is on the host. */
  imagePresent: boolean;
}

/** A container of this app. */
export interface ObservedContainer {
  id: string;
  name: string;
  /** As Docker says it. */
  state: string;
  /** As Docker says it: `Up 3 minutes`. */
  status: string;
  /** As it was asked for. */
  image: string;
  imageId: string;
  /** Seconds since the epoch, on the host's clock. */
  createdAt: number;
  role: string;
  version: string;
  release: string;
}

interface ObservedImage {
  id: string;
  /** `repository@sha256:…` and `repository:tag`. */
  references: string[];
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
