import type { HealthCheck, ServiceOptions } from "@cutover/proxy/protocol";
import type { Architecture } from "../commands/context.ts";
import type { ProxyRun } from "../config/proxy.ts";
import type { ContainerSettings } from "../docker-options/container-settings.ts";
import type { ActiveRelease } from "../observe/host-state.ts";
import type { RestartPolicy } from "../release/container-settings.ts";
import type { ReleaseRecord, RoleRoute } from "../release/record.ts";
import type { ReleaseImage } from "../release/release.ts";
import type { LeftBehind } from "./left-behind.ts";
import type { Room } from "./room.ts";

/**
 * Everything that a plan can ask of a host. What each does, and how it is undone, is in the file of
 * `steps/` that has its name.
 */
export type Step =
  | EnsureNetwork
  | LoadProxyImage
  | CreateProxy
  | StartProxy
  | ReplaceProxy
  | RemoveProxy
  | PullImage
  | BringImage
  | TagImage
  | WriteRecord
  | FreeName
  | CreateContainer
  | StartContainer
  | PassGate
  | StayUp
  | SwitchService
  | KeepContainer
  | MarkActive
  | NoteLeftBehind
  | DrainOld
  | Bake
  | StopContainer
  | RemoveContainers
  | RemoveImages
  | RemoveRecords
  | RemoveTemporaries;

export type StepKind = Step["kind"];
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;

/** Make the network that the proxy and the apps share. */
export interface EnsureNetwork {
  kind: "ensure-network";
}

/** Bring the proxy's image to the host. */
export interface LoadProxyImage {
  kind: "load-proxy-image";
  architecture: Architecture;
  image: string;
}

/** Make the proxy's container and start it. */
export interface CreateProxy {
  kind: "create-proxy";
  image: string;
  run: ProxyRun;
}

/** Start the proxy's container, which is there but stopped. */
export interface StartProxy {
  kind: "start-proxy";
}

/** Put the image's program in the place of the one that runs, without a gap. */
export interface ReplaceProxy {
  kind: "replace-proxy";
  image: string;
  /** The version that runs; null where it cannot be told. */
  from: string | null;
}

/** Remove the proxy's container, to make it anew with other options. Its state stays. */
export interface RemoveProxy {
  kind: "remove-proxy";
}

/** Have the release's image on the host, under its digest and its version. */
export interface PullImage {
  kind: "pull-image";
  image: ReleaseImage;
  /** The room for it; null where that is not known, or the image is there. */
  room: Room | null;
}

/** Have the release's image on the host, from the machine it was built on. */
export interface BringImage {
  kind: "bring-image";
  image: ReleaseImage;
}

/** Give the image that serves now further tags, such as `latest`. */
export interface TagImage {
  kind: "tag-image";
  image: ReleaseImage;
  tags: string[];
}

/** Write down what this host is to run, with its environments, so that it can be booted again. */
export interface WriteRecord {
  kind: "write-record";
  record: ReleaseRecord;
}

/** Give a container another name, because the new one needs its own. */
export interface FreeName {
  kind: "free-name";
  name: string;
  newName: string;
}

/** Make a role's container. Its environment comes beside the plan. */
export interface CreateContainer {
  kind: "create-container";
  role: string;
  release: string;
  name: string;
  image: string;
  /** The Engine API's body without the environment. */
  settings: ContainerSettings;
}

/** Start a container, with no restart policy until it is committed. */
export interface StartContainer {
  kind: "start-container";
  name: string;
  /** How long it may take to stop, should it have to be undone. */
  stopTimeoutMs: number;
}

/** Have the proxy probe the new container until it is healthy. */
export interface PassGate {
  kind: "pass-gate";
  role: string;
  container: string;
  service: string;
  release: string;
  /** What the proxy is to call it. */
  candidate: string;
  appPort: number;
  options: ServiceOptions;
  tls: RoleRoute["tls"];
  health: HealthCheck;
  deadlineMs: number;
  /** A candidate that is healthy and not switched to within this time is forgotten by the proxy. */
  expiresMs: number;
}

/** Wait until a container without a proxy is healthy, or has stayed up. */
export interface StayUp {
  kind: "stay-up";
  role: string;
  container: string;
  readinessDelayMs: number;
  deadlineMs: number;
}

/** Route new requests to the new container. */
export interface SwitchService {
  kind: "switch";
  role: string;
  container: string;
  service: string;
  release: string;
  /** What the gate was passed as. */
  candidate: string;
  /** The version that serves before; null where none does. */
  from: string | null;
  drainTimeoutMs: number;
}

/** Give a container that has passed its gate its own restart policy. Until then it must not restart. */
export interface KeepContainer {
  kind: "keep-container";
  name: string;
  restart: RestartPolicy;
}

/** Write down that the release serves. */
export interface MarkActive {
  kind: "mark-active";
  active: ActiveRelease;
}

/** Write down, on the primary host, which hosts could not be reached. */
export interface NoteLeftBehind {
  kind: "note-left-behind";
  note: LeftBehind;
}

/** Wait until the requests on the old container have ended, and take the receipt. */
export interface DrainOld {
  kind: "drain";
  role: string;
  service: string;
}

/** Watch the new release for a while, against the one before. */
export interface Bake {
  kind: "bake";
  role: string;
  container: string;
  service: string;
  bakeMs: number;
}

/** Stop a container that serves no more. It stays, for a rollback. */
export interface StopContainer {
  kind: "stop-container";
  name: string;
  stopTimeoutMs: number;
  /** Set where the proxy knows it, so that nothing is put back to a container that is gone. */
  service: string | null;
  /** What the proxy calls it. */
  candidate: string;
}

/** Remove stopped containers of releases that are kept no longer. */
export interface RemoveContainers {
  kind: "remove-containers";
  containers: { id: string; name: string }[];
}

/** Remove images that no kept release needs. */
export interface RemoveImages {
  kind: "remove-images";
  references: string[];
}

/** Remove the records of releases that are kept no longer. */
export interface RemoveRecords {
  kind: "remove-records";
  releases: string[];
  app: string;
}

/** Remove files that a command was writing when it was cut off. */
export interface RemoveTemporaries {
  kind: "remove-temporaries";
  /** Paths within the app's folder. */
  files: string[];
}

/** Tells a step from the others of its lane and of its host's other lanes: `create-container web`. */
export function stepName(step: Step): string {
  if ("role" in step) return `${step.kind} ${step.role}`;
  return "name" in step ? `${step.kind} ${step.name}` : step.kind;
}
