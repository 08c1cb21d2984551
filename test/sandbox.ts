import { inject } from "vitest";
import { dockerAt } from "../packages/harness/src/engine/ask.ts";
import { attachSandbox } from "../packages/harness/src/sandbox/attach.ts";

const { dockerHost, project } = inject("sandbox");

/** The sandbox that all integration tests share. Each test file brings it into the state it needs. */
export const sandbox = await attachSandbox(dockerAt(dockerHost), project);
