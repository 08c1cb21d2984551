import { describe, expect, test } from "vitest";
import { meantSandbox } from "./choose.ts";
import { projectName } from "./labels.ts";
import type { SeenSandbox } from "./survey.ts";

const here = "/home/me/cutover";
const seen = (project: string, different: Partial<SeenSandbox> = {}): SeenSandbox => ({
  project,
  checkout: here,
  owner: "",
  parts: {},
  ...different,
});

describe("meantSandbox", () => {
  test("the one started by hand comes before one that a demo left up", () => {
    const byHand = projectName(here, "hand", 1);
    expect(meantSandbox([seen("demo"), seen(byHand)], here, undefined).project).toBe(byHand);
  });

  test("one that a demo left up is meant where there is no other", () => {
    expect(meantSandbox([seen("demo")], here, undefined).project).toBe("demo");
  });

  test("one that belongs to a running process is not meant unless it is named", () => {
    const tests = seen("tests", { owner: "m.b.1.2" });
    expect(() => meantSandbox([tests], here, undefined)).toThrow("No sandbox of this checkout is up");
    expect(meantSandbox([tests], here, "tests").project).toBe("tests");
  });

  test("another checkout's is not meant", () => {
    expect(() => meantSandbox([seen("demo", { checkout: "/elsewhere" })], here, undefined)).toThrow();
  });
});
