import type { Sweeper } from "../accept/sweeper.ts";
import type { OwnAnswer } from "../answer/answer.ts";
import type { BufferPlace } from "../buffer/place.ts";
import type { Clock } from "../clock.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { RequestLog } from "../log/requests.ts";
import type { Route } from "../route/table.ts";
import type { Registry } from "../switch/registry.ts";
import type { Service } from "../switch/service.ts";

/** What all connections and exchanges of a proxy share. */
export interface Plane {
  readonly registry: Registry;
  readonly sweeper: Sweeper;
  readonly clock: Clock;
  /** Null: no request is logged. */
  readonly requests: RequestLog | null;
  readonly buffers: BufferPlace;
  /** Whether the proxy is going down, so that no connection is kept alive. */
  closing: boolean;
  /**
   * Answers, or sends elsewhere than its route says, what concerns no service: challenges of certificate
   * authorities, redirects to https.
   */
  intercept?(
    head: RequestHead,
    protocol: "http" | "https",
    route: Route<Service> | null,
  ): OwnAnswer | Route<Service> | null;
}
