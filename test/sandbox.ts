import { workerSandbox } from "../packages/harness/src/vitest/worker-sandbox.ts";

/** The sandbox that all files of a worker share. Each brings it into the state it needs. */
export const sandbox = await workerSandbox();
