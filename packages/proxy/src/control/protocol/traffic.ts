import type { ServiceOptions, Target } from "./service.ts";

export interface SplitParams {
  service: string;
  candidate: string;
  /** The share, in hundredths of a percent: 250 is 2.5 %. */
  percentHundredths: number;
  /** The cookie that keeps a client where it is. Default `cutover-split`. */
  cookie?: string;
  /** Who sees the candidate whatever the share. */
  allow?: { kind: "header" | "cookie"; name: string; values: string[] }[];
}

export interface PauseParams {
  service: string;
  /** How long one request may be held. Default 30,000. */
  timeoutMs?: number;
  /** How many may be held at a time. Default 1,000. */
  maxRequests?: number;
}

export interface StopParams {
  service: string;
  /** Shown on the page and in JSON; escaped. */
  message?: string;
}

export interface ServiceState {
  service: string;
  options: ServiceOptions;
  active: TargetState | null;
  /** Still warm, and a `revert` away; null once it has been dropped. */
  previous: TargetState | null;
  candidates: TargetState[];
  lastSwitch: string | null;
  /** `paused`: new requests are held; `stopped`: they are answered 503. */
  traffic: "open" | "paused" | "stopped";
  /** Requests that are held now. */
  held: number;
}

export interface TargetState {
  /** The release id it was prepared with. */
  candidate: string;
  targets: Target[];
  state: "probing" | "healthy" | "unhealthy" | "active" | "draining" | "warm";
  inFlight: number;
}
