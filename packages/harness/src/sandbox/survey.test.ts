import { describe, expect, test } from "vitest";
import { freeProjectName, labels, projectName } from "./labels.ts";
import { groupBySandbox, orphans, type SeenSandbox } from "./survey.ts";

const machine = (project: string, service: string, owner = "") => ({
  Id: `${project}-${service}`,
  State: "running",
  Status: "Up 2 minutes",
  Labels: {
    [labels.sandbox]: project,
    [labels.owner]: owner,
    [labels.checkout]: "/home/me/cutover",
    [labels.service]: service,
  },
});

const owned = (project: string, owner: string): SeenSandbox => ({ project, owner, checkout: "", parts: {} });

describe("groupBySandbox", () => {
  test("machines of two sandboxes are kept apart", () => {
    const found = groupBySandbox([machine("a", "vm1"), machine("b", "vm1"), machine("a", "vm2")]);
    expect(found.map((sandbox) => [sandbox.project, Object.keys(sandbox.parts)])).toEqual([
      ["a", ["vm1", "vm2"]],
      ["b", ["vm1"]],
    ]);
  });
});

describe("orphans", () => {
  test("only the sandbox of a dead process is one", () => {
    const states = { d: "dead", l: "alive", e: "elsewhere" } as const;
    const seen = [owned("dead", "d"), owned("live", "l"), owned("elsewhere", "e"), owned("kept", "")];
    const found = orphans(seen, (owner) => states[owner as keyof typeof states] ?? null);
    expect(found.map((sandbox) => sandbox.project)).toEqual(["dead"]);
  });
});

describe("freeProjectName", () => {
  test("a name is the same in every run of a checkout", () => {
    expect(freeProjectName("/a", "test", new Set())).toBe(projectName("/a", "test", 1));
  });

  test("two checkouts have different names", () => {
    expect(projectName("/a", "test", 1)).not.toBe(projectName("/b", "test", 1));
  });

  test("the next number is taken where a name is in use", () => {
    const taken = new Set([projectName("/a", "demo", 1), projectName("/a", "demo", 2)]);
    expect(freeProjectName("/a", "demo", taken)).toBe(projectName("/a", "demo", 3));
  });
});
