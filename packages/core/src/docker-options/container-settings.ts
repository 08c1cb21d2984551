import type { ContainerCreateOptions } from "dockerode";

/**
 * The part of the Engine API's body for creating a container that a user's `options`, `volumes`,
 * `logging` and ports come to: `{ Env: […], HostConfig: {…}, … }`. Plain data, merged into the body
 * that the release makes. Host paths in it may begin with `~/` or `./`, both the login's home.
 */
export type ContainerSettings = ContainerCreateOptions;
