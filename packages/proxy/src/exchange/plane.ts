import type { Sweeper } from "../accept/sweeper.ts";
import type { OwnAnswer } from "../answer/answer.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { Registry } from "../switch/registry.ts";

/** What all connections and exchanges of a proxy share. */
export interface Plane {
  readonly registry: Registry;
  readonly sweeper: Sweeper;
  /** Whether the proxy is going down, so that no connection is kept alive. */
  closing: boolean;
  /** Answers what concerns no service: challenges of certificate authorities, redirects to https. */
  intercept?(head: RequestHead, protocol: "http" | "https"): OwnAnswer | null;
}
