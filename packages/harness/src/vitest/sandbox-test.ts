import { test as base } from "vitest";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { sharedSandbox } from "./shared-sandbox.ts";

// A turn on the machines may be long in coming: longer than a test may take, so it is waited for here.
const shared = await sharedSandbox();

/**
 * vitest's `test` with the run's shared sandbox:
 *
 * ```ts
 * test("the first deploy brings the app up", async ({ sandbox }) => {
 *   await sandbox.reset();
 *   expect((await sandbox.loadBalancer.get("/")).status).toBe(502);
 *   expect((await sandbox.deployer.run("deploy setup")).exitCode).toBe(0);
 *   expect((await sandbox.loadBalancer.get("/")).status).toBe(200);
 * });
 * ```
 */
export const test = base.extend<{ sandbox: Sandbox }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  sandbox: async ({}, use) => use(shared),
});
