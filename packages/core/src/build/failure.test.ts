import { expect, test } from "vitest";
import { explainBuildFailure } from "./failure.ts";

/** As buildx 0.13 prints it. */
const failingRun = `#0 building with "default" instance using docker driver
#4 [1/3] FROM docker.io/library/debian:trixie-slim
#4 DONE 0.0s
#7 [3/3] RUN cat /nonexistent
#7 0.201 cat: /nonexistent: No such file or directory
#7 ERROR: process "/bin/sh -c cat /nonexistent" did not complete successfully: exit code: 1
------
 > [3/3] RUN cat /nonexistent:
0.201 cat: /nonexistent: No such file or directory
------
Dockerfile:3
--------------------
   1 |     FROM debian:trixie-slim
   3 | >>> RUN cat /nonexistent
--------------------
ERROR: failed to solve: process "/bin/sh -c cat /nonexistent" did not complete successfully: exit code: 1`;

function aPushThatEndsWith(reason: string): string {
  return `#7 naming to registry:4443/hello:2 done
#7 DONE 0.0s
#8 pushing registry:4443/hello:2 with docker
#8 pushing layer e9df0c7d1be1 0.0s done
#8 ERROR: ${reason}
------
 > pushing registry:4443/hello:2 with docker:
------
ERROR: ${reason}`;
}

const explain = (text: string) => explainBuildFailure({ lines: text.split("\n"), registry: "registry:4443" });

test("names the Dockerfile's failing step and why it failed", () => {
  expect(explain(failingRun)).toMatchObject({
    code: "BUILD_FAILED",
    facts: {
      cause: expect.stringMatching(/^the build failed at \[3\/3\] RUN cat \/nonexistent: .*exit code: 1$/),
      state: "unchanged",
    },
  });
});

test("shows what the failing step printed, then the lines of the Dockerfile", () => {
  expect(explain(failingRun).facts.details).toEqual([
    "cat: /nonexistent: No such file or directory",
    "Dockerfile:3",
    "   1 |     FROM debian:trixie-slim",
    "   3 | >>> RUN cat /nonexistent",
  ]);
});

test("points at the line of a Dockerfile that cannot be read", () => {
  const error = explain(`Dockerfile:3
--------------------
   3 | >>> FRO
--------------------
ERROR: failed to solve: dockerfile parse error on line 3: unknown instruction: FRO (did you mean FROM?)`);
  expect(error.facts).toMatchObject({
    cause:
      "the image could not be built: dockerfile parse error on line 3: unknown instruction: FRO (did you mean FROM?)",
    details: ["Dockerfile:3", "   3 | >>> FRO"],
  });
});

test.each([
  "unauthorized: authentication required",
  "no basic auth credentials",
  "denied: requested access to the resource is denied",
])("calls %j at the push a refusal of the registry", (reason) => {
  expect(explain(aPushThatEndsWith(reason)).code).toBe("REGISTRY_REFUSED");
});

test.each([
  'Get "https://registry:4443/v2/": dial tcp 172.19.0.2:4443: connect: connection refused',
  'Get "https://registry:4443/v2/": dial tcp: lookup registry on 127.0.0.11:53: no such host',
])("calls %j at the push a failed transfer", (reason) => {
  expect(explain(aPushThatEndsWith(reason))).toMatchObject({
    code: "TRANSFER_FAILED",
    facts: { cause: `the image could not be pushed to registry:4443: ${reason}` },
  });
});

test("does not call a step of the Dockerfile that is refused something the registry's refusal", () => {
  const text = failingRun.replaceAll("No such file or directory", "Permission denied");
  expect(explain(text).code).toBe("BUILD_FAILED");
});

test("hints at a base image that cannot be had", () => {
  const error = explain(`#2 [internal] load metadata for docker.io/acme/base:1
#2 ERROR: pull access denied, repository does not exist or may require authorization
ERROR: failed to solve: acme/base:1: failed to resolve source metadata for docker.io/acme/base:1: pull access denied`);
  expect(error).toMatchObject({ code: "BUILD_FAILED", facts: { hint: expect.stringContaining("FROM") } });
});
