import type { ScopeOptions } from "./scope.ts";

/** What `deploy`, `setup` and `redeploy` can be asked. */
export interface DeployOptions extends ScopeOptions {
  /** `-P`: the image is in the registry already. */
  skipPush: boolean;
  /** Build every layer anew. */
  noCache: boolean;
}

/** What `rollback` can be asked. */
export interface RollbackOptions extends ScopeOptions {
  /** A version or release on the hosts; null: the last one that served before this. */
  version: string | null;
}
