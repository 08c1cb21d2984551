import type { ScopeOptions } from "./scope.ts";

/** What `deploy`, `setup` and `redeploy` can be asked. */
export interface DeployOptions extends ScopeOptions {
  /** `-P`: the image is in the registry already. */
  skipPush: boolean;
  /** Build every layer anew. */
  noCache: boolean;
  /** A file of `deploy plan --out` to carry out, relative to the folder; null: none. */
  plan: string | null;
}

/** What `rollback` can be asked. */
export interface RollbackOptions extends ScopeOptions {
  /** A version, a release, `3-releases-ago` or a time; null: the last one that served before this. */
  to: string | null;
  /** Whether it gets the environment that the configuration and the secrets have now. */
  currentEnv: boolean;
}
