import type { FailedRequest } from "../../../packages/harness/src/sandbox/sandbox.ts";
import type { Failure } from "../../../packages/harness/src/traffic/failure.ts";
import type { HostName } from "../stories/story.ts";

/** A line of `--json`, as far as a proof looks at it. */
export interface SeenEvent {
  type: string;
  phase?: string;
  step?: string;
  host?: string | null;
  error?: {
    code: string;
    exitCode: number;
    cause: string;
    state?: string;
    hint?: string;
    details?: string[];
  };
}

/** How a command ended. */
export interface Ended {
  exitCode: number;
  events: SeenEvent[];
  /** All that it wrote, both streams. */
  output: string;
}

/** What is on a host. */
export interface HostLeft {
  /** The version that its port 80 answers with, or what it answers instead: `status 502`, `nothing`. */
  serves: string;
  /** The app's containers and whatever else is there, as `name state`. */
  containers: { name: string; state: string; release: string; kind: string; app: string }[];
  /** The releases that are written down. */
  records: string[];
  /** The release that is noted as the one that serves. */
  active: string | null;
  /** Whether anybody holds the app's lock. */
  lock: "held" | "free";
  /** Files that were to be renamed and never were. */
  unfinished: string[];
  /** How many images of the app there are. */
  images: number;
}

export type FleetLeft = Record<HostName, HostLeft>;

/** All that was seen of one story. */
export interface Told {
  before: FleetLeft;
  /** Whether the moment came at which it was to strike. */
  struck: boolean;
  ended: Ended;
  /** After the fault was healed, before the next deploy. */
  after: FleetLeft;
  /** The deploy that follows; it may have had to wait for a lock that nobody freed. */
  next: Ended & { waitedForLock: boolean };
  end: FleetLeft;
  traffic: { requests: number; failures: Failure[]; atLoadBalancer: FailedRequest[] };
  versions: { old: string; new: string; next: string };
  /** What the story itself found wrong. */
  also: string[];
}
