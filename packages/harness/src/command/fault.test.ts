import { expect, test } from "vitest";
import { HarnessError } from "../harness-error.ts";
import { faultOf } from "./fault.ts";

test("a failure says what happened, its evidence and what to do next", () => {
  const error = new HarnessError("PORT_TAKEN", {
    cause: "Port 8080 is held by nginx",
    hint: "stop it",
    details: ["pid 12"],
  });
  expect(faultOf(error)).toEqual({
    lines: ["Port 8080 is held by nginx.", "  pid 12", "Next: stop it"],
    exitCode: 32,
  });
});

test("what nobody foresaw is told with its stack", () => {
  const { lines, exitCode } = faultOf(new TypeError("x is undefined"));
  expect(exitCode).toBe(80);
  expect(lines[0]).toContain("TypeError: x is undefined\n    at ");
});
