import type Dockerode from "dockerode";
import type { Engine } from "../engine/ensure-engine.ts";
import type { Traffic, TrafficOptions } from "../traffic/traffic.ts";
import type { Machine } from "./machine.ts";

/** Where the fixture apps lie on the deployer, each a git repository with `config/deploy.yml`. */
const APPS_FOLDER = "/apps";

/** The app that `deployer.run` is in unless told otherwise. */
export const DEFAULT_APP = `${APPS_FOLDER}/hello`;

/** The machine a person would type `deploy` on. */
export interface Deployer extends Machine {
  /**
   * Installs what `pnpm build` last packed, if it differs from what is installed. Bundled files are
   * copied; npm is asked only when the dependencies changed.
   */
  refresh(): Promise<void>;
  /** Puts the fixture apps back as they were at the start: one commit, nothing uncommitted. */
  restoreApps(): Promise<void>;
}

/** A container on a VM, as a test wants to see it. */
export interface VmContainer {
  id: string;
  /** Without the leading slash. */
  name: string;
  image: string;
  state: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  labels: Record<string, string>;
}

/** A plain server: sshd and a Docker engine of its own. */
export interface Vm extends Machine {
  /** The VM's own engine. */
  readonly docker: Dockerode;
  /** Every container on the VM, the stopped ones too, by name. */
  containers(): Promise<VmContainer[]>;
}

/** An answer that came whole. Header names are lower-case. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A request that the load balancer could not answer as a VM should have, as it wrote it down itself. */
export interface FailedRequest {
  /** Milliseconds since the epoch: when it was over. */
  at: number;
  /** 499 where the client gave up. */
  status: number;
  /** The VM it was sent to; null where it was sent to none. */
  vm: "vm1" | "vm2" | null;
  /** `GET /bytes?size=10 HTTP/1.1`. */
  request: string;
}

/** nginx in front of both VMs. It retries nothing and hides nothing. */
export interface LoadBalancer extends Machine {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  /** One request on a connection of its own. */
  get(path: string, options?: { headers?: Record<string, string>; timeoutMs?: number }): Promise<Answer>;
  /**
   * Every request so far that was answered with anything but a 2xx or 3xx, or not to its end, the
   * oldest first: so it can be told which VM a failure came from. VMs that were made anew since are
   * not known any more.
   */
  failures(): Promise<FailedRequest[]>;
}

/** The registry with TLS and a password on port 4443, as the machines of the sandbox reach it. */
export interface Registry extends Machine {
  /** `registry:4443` */
  readonly server: string;
  readonly username: string;
  password(): Promise<string>;
  /** Newest last is not promised: the registry sorts by name. Empty for an unknown repository. */
  tags(repository: string): Promise<string[]>;
}

/** A set of real machines to deploy to, and what is needed to watch them. */
export interface Sandbox {
  /** The Compose project, so that `docker compose -p` finds it. */
  readonly project: string;
  readonly deployer: Deployer;
  readonly registry: Registry;
  readonly loadBalancer: LoadBalancer;
  readonly vms: readonly [Vm, Vm];
  /** `vm(1)` is the machine called `vm1`. */
  vm(number: 1 | 2): Vm;
  readonly traffic: {
    /** Sends requests to the load balancer until stopped. */
    start(options: Omit<TrafficOptions, "url">): Traffic;
  };
  /** Both VMs new, with nothing on them and the same host keys; the fixture apps as at the start. */
  reset(): Promise<void>;
  /**
   * The VMs without what deploys left on them (containers, volumes, networks, state), but with the
   * images they hold; the fixture apps as at the start. Quicker than a reset, and so is the next
   * deploy. What else was done to a VM stays.
   */
  clear(): Promise<void>;
  /** Removes the machines and their network. What makes the next start fast is kept. */
  down(): Promise<void>;
}

/** The machines, in the order in which they are shown. */
export const PARTS = ["shared", "packages", "registry", "deployer", "vm1", "vm2", "load_balancer"] as const;

/** The name of a machine, which is also its service in `docker-compose.yml` and its host name. */
export type Part = (typeof PARTS)[number];

/** Something a start did, for whoever shows it. Times are milliseconds since the start. */
export type SandboxProgress =
  | { type: "note"; text: string }
  | { type: "part"; part: Part; state: "starting" | "healthy"; ms: number };

/** How a sandbox is to be started. */
export interface SandboxOptions {
  /** Where it is to run. */
  engine: Engine;
  /**
   * What it is for: sandboxes for different purposes live side by side. One that was started for a
   * purpose is not found under another.
   */
  purpose: "hand" | "demo" | "test" | "bench";
  /**
   * `process`: it belongs to this process, and the next run removes it if this one is killed.
   * `kept`: it stays until it is taken down.
   */
  lifetime: "process" | "kept";
  /** The process it belongs to, where that is not this one. */
  ownerPid?: number;
  /** Where the load balancer is published on 127.0.0.1; any free port by default. */
  port?: number;
  onProgress: (progress: SandboxProgress) => void;
  /** Aborting stops the start where it is and removes what was made. */
  signal: AbortSignal;
}
