import type { Readable, Writable } from "node:stream";
import type { HostFilter } from "./context.ts";

/** What `details` can be asked. */
export interface DetailsOptions {
  filter: HostFilter;
}

/** Every targeted host as it is now. */
export interface Details {
  service: string;
  destination: string | null;
  hosts: HostDetails[];
}

/** One host as it is now; `error` in place of everything else when it could not be looked at. */
export interface HostDetails {
  host: string;
  /** One sentence; null when all is well. */
  error: string | null;
  /** Docker's version, such as `26.1.5`. */
  engine: string | null;
  proxy: { state: string; version: string | null } | null;
  containers: ContainerDetails[];
}

/** A container of this app. */
export interface ContainerDetails {
  name: string;
  role: string;
  version: string;
  /** As Docker says it: `running`, `exited`, … */
  state: string;
  /** As Docker says it: `Up 3 minutes`. */
  status: string;
  image: string;
  /** Whether the proxy sends requests to it. */
  serving: boolean;
}

/** What `app logs` can be asked. Lines come as `output` events whose source is the container's name. */
export interface LogsOptions {
  filter: HostFilter;
  /** Go on until the signal is aborted. */
  follow: boolean;
  /** Newest lines of each container; null: all, or the last 10 when following. */
  lines: number | null;
  /** As Docker takes it: `10m`, `2026-11-23T21:00:00Z`. */
  since: string | null;
  /** Only lines that this regular expression matches. */
  grep: string | null;
  /** Whether each line starts with its time. */
  timestamps: boolean;
}

/** What `app exec` can be asked. Without `terminal`, output comes as `output` events. */
export interface ExecOptions {
  filter: HostFilter;
  /** The program and its arguments. One element with spaces in it is given to the image's `sh -c`. */
  command: string[];
  /**
   * `new`: in a container of its own that is removed afterwards. `detached`: the same, without waiting
   * for its end. `running`: in the container that runs now.
   */
  place: "new" | "detached" | "running";
  /** Added to the container's environment. */
  env: Record<string, string>;
  /** A person's terminal: one host (the primary one) only. */
  terminal: Terminal | null;
}

/** A person's terminal, already in raw mode. */
export interface Terminal {
  input: Readable;
  output: Writable;
  size(): { columns: number; rows: number };
  /** Calls back whenever the size changes, until the returned function is called. */
  onResize(listener: () => void): () => void;
}

/** How the command ended on each host. */
export interface ExecResult {
  hosts: { host: string; container: string; exitCode: number }[];
}

/** What `trust` can be asked. */
export interface TrustOptions {
  /** As in the configuration; a port may follow: `web1.example.com:2222`. */
  host: string;
  /** Shown what would be trusted; false leaves all as it is. */
  confirm(found: TrustFound): Promise<boolean>;
}

/** The key that a host shows. */
export interface TrustFound {
  host: string;
  port: number;
  /** `ssh-ed25519`, … */
  algorithm: string;
  /** As `ssh-keygen -l` prints it: `SHA256:…`. */
  fingerprint: string;
  /** What known_hosts says about it now. */
  before: "unknown" | "same" | "changed";
}

/** What `trust` did. */
export interface TrustResult extends TrustFound {
  /** The file that it was written to; null when nothing was written. */
  writtenTo: string | null;
}
