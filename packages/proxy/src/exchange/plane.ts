import type { Sweeper } from "../accept/sweeper.ts";
import type { Registry } from "../switch/registry.ts";

/** What all connections and exchanges of a proxy share. */
export interface Plane {
  readonly registry: Registry;
  readonly sweeper: Sweeper;
  /** Whether the proxy is going down, so that no connection is kept alive. */
  closing: boolean;
}
