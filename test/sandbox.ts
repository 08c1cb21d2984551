import { sharedSandbox } from "../packages/harness/src/vitest/shared-sandbox.ts";

/** The sandbox that all integration tests share. Each test file brings it into the state it needs. */
export const sandbox = await sharedSandbox();
