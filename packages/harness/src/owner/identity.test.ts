import { describe, expect, test } from "vitest";
import { formatIdentity, ownerState, type ProcessIdentity, parseIdentity } from "./identity.ts";

const here: ProcessIdentity = { machine: "m1", boot: "b1", pid: 10, startedAt: "500" };

describe("ownerState", () => {
  test("a process with the same number and start is alive", () => {
    expect(ownerState({ ...here, pid: 77, startedAt: "900" }, here, () => "900")).toBe("alive");
  });

  test("a process whose number was given to another is dead", () => {
    expect(ownerState({ ...here, pid: 77, startedAt: "900" }, here, () => "1200")).toBe("dead");
  });

  test("a process that is not there is dead", () => {
    expect(ownerState({ ...here, pid: 77 }, here, () => null)).toBe("dead");
  });

  test("a process from before a reboot is dead, even if its number lives", () => {
    expect(ownerState({ ...here, boot: "b0" }, here, () => "500")).toBe("dead");
  });

  test("a process of another machine cannot be judged", () => {
    expect(ownerState({ ...here, machine: "m2" }, here, () => null)).toBe("elsewhere");
  });
});

describe("parseIdentity", () => {
  test("what was written is read back", () => {
    expect(parseIdentity(formatIdentity(here))).toEqual(here);
  });

  test.each(["", "kept", "m1.b1.ten.500", "m1.b1.10", "m1.b1.10.500.x"])("%j is no process", (text) => {
    expect(parseIdentity(text)).toBeNull();
  });
});
