import { expect, test } from "vitest";
import { DeployError } from "../errors/index.ts";
import { lockLost } from "./held.ts";
import { ratherLost } from "./rather-lost.ts";

const failure = new DeployError("STATE_UNUSABLE", { cause: "No such file", host: "vm1" });

/** Stands for a lock that finds out, when it asks, whether it is ours still. */
function aLock(found: "ours" | "lost") {
  const lost = new AbortController();
  const confirm = async () => {
    if (found === "lost") lost.abort(lockLost("vm1", "superseded"));
  };
  return { confirm, lost: lost.signal };
}

test("what fails once the lock is lost is told as that, though nobody knew of it before", async () => {
  expect(await ratherLost(aLock("lost"), failure)).toMatchObject({ code: "LOCK_LOST" });
});

test("what fails under our lock is told as it is", async () => {
  expect(await ratherLost(aLock("ours"), failure)).toBe(failure);
});

test("what says in what state things are left is told as it is", async () => {
  const said = new DeployError("GATE_FAILED", { cause: "it exited", state: "not-switched" });
  expect(await ratherLost(aLock("lost"), said)).toBe(said);
});
