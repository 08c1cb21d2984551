import type Dockerode from "dockerode";
import type { LocalImages } from "../build/local-images.ts";
import type { Architecture, Random } from "../commands/context.ts";
import type { DeployEvent } from "../events/event.ts";
import type { Host } from "../hosts/host.ts";
import type { Certificate } from "../release/certificate.ts";
import type { Environment } from "../release/environment.ts";
import type { StateFolders } from "../release/state-folders.ts";
import type { Memory } from "./memory.ts";
import type { RegistryLogin } from "./registry-login.ts";

/** What every step is given. */
export interface Act {
  host: Host;
  /** The host's engine. */
  docker: Dockerode;
  /** Aborted when what is awaited is no longer wanted: Ctrl-C, or a failure elsewhere. */
  signal: AbortSignal;
  /** Says how far the step is. */
  progress(text: string): void;
  emit(event: DeployEventBody): void;
  around: Surroundings;
  /** What steps found out, for those after them. */
  memory: Memory;
}

/** What comes beside the plan: what is secret, and what comes from this machine. */
export interface Surroundings {
  folders: StateFolders;
  /** The environments to write down, for a release that is new to the hosts. */
  environment(host: string, role: string): Environment;
  /** A role's own certificate to write down; null where it has none. */
  certificate(role: string): Certificate | null;
  /** The key of a host's checksums, to be kept there. */
  checksumKey(host: string): string;
  /** The login to pull with, looked up when it is first needed; null: none. */
  login(): Promise<RegistryLogin | null>;
  proxyImageArchive(architecture: Architecture): Promise<string>;
  /** What was built here, for hosts that get it over the connection. */
  localImages: LocalImages;
  /** The lock's number on a host; the proxy refuses older ones. */
  fence(host: string): number;
  random: Random;
  now(): number;
}

/** An event before its time is put on. */
export type DeployEventBody = DistributiveOmit<DeployEvent, "at">;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
