import type { ServiceOptions, Target } from "./service.ts";

/** How a candidate is asked whether it is well. */
export interface HealthCheck {
  /** Default `/up`. */
  path?: string;
  /** Default: the target's own port. */
  port?: number;
  /** The `Host` field sent; default the target's name. */
  host?: string;
  /** Accepted statuses; default 200 to 299. */
  statuses?: { from: number; to: number }[];
  /** How long one probe may take. Default 5,000. */
  timeoutMs?: number;
  /** The longest pause between probes; the first come quicker. Default 1,000. */
  intervalMs?: number;
}

export interface PrepareParams {
  /** The service's name, such as `app-web`. */
  service: string;
  /** What the client calls this candidate: its release id. Unique within the service. */
  candidate: string;
  targets: Target[];
  options: ServiceOptions;
  health: HealthCheck;
  /** How long it may take to become healthy. */
  deadlineMs: number;
  /** A healthy candidate that nobody commits within this time is forgotten. */
  expiresMs: number;
}

export type PrepareResult =
  | { state: "healthy"; afterMs: number; probes: number }
  | { state: "unhealthy"; afterMs: number; probes: number; evidence: Evidence };

/** Why a candidate was not found healthy: what the last probe of the first failing target saw. */
export type Evidence = { target: Target } & (
  | { kind: "unresolved"; message: string }
  | { kind: "refused" }
  | { kind: "unreachable"; message: string }
  | { kind: "timeout"; timeoutMs: number }
  /** The answer had another status than accepted; `body` is its first 512 bytes, as text. */
  | { kind: "status"; status: number; body: string }
  | { kind: "redirect"; status: number; location: string }
  /** Something answered that is no HTTP; `tls` when it was a TLS alert. */
  | { kind: "not-http"; tls: boolean; bytes: string }
  | { kind: "closed" }
  | { kind: "abandoned"; reason: string }
);

export interface AbandonParams {
  service: string;
  candidate: string;
  /** For the pending `prepare`'s evidence, such as `exited with code 1`. */
  reason: string;
}
