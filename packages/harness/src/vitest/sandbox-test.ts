import { test as base } from "vitest";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { workerSandbox } from "./worker-sandbox.ts";

const own = await workerSandbox();

/**
 * vitest's `test` with the sandbox of this worker:
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
  sandbox: async ({}, use) => use(own),
});
