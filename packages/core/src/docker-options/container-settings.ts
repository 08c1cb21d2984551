import type { ContainerCreateOptions, HostConfig } from "dockerode";

/** What of a container's host side the Engine API knows and the types of its client do not. */
interface NewerHostConfig {
  Annotations?: Record<string, string>;
  CgroupnsMode?: string;
}

/**
 * The part of the Engine API's body for creating a container that a user's `options`, `volumes`,
 * `logging` and ports come to: `{ Env: […], HostConfig: {…}, … }`. Plain data, merged into the body
 * that the release makes. Host paths in it may begin with `~/` or `./`, both the login's home.
 */
export type ContainerSettings = Omit<ContainerCreateOptions, "HostConfig" | "abortSignal"> & {
  HostConfig: HostConfig & NewerHostConfig;
};
