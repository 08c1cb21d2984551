import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatIdentity } from "./identity.ts";
import { whileLocked } from "./lock.ts";
import { thisProcess } from "./this-process.ts";

const never = new AbortController().signal;
let folder = "";
let file = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
  file = join(folder, "lock");
});
afterEach(() => rm(folder, { recursive: true }));

describe("whileLocked", () => {
  test("lets one at a time in", async () => {
    let inside = 0;
    const most: number[] = [];
    const work = async () => {
      inside += 1;
      most.push(inside);
      await new Promise(setImmediate);
      inside -= 1;
    };
    await Promise.all([whileLocked(file, never, work), whileLocked(file, never, work)]);
    expect(most).toEqual([1, 1]);
  });

  test("leaves no file behind, also when the work fails", async () => {
    const failing = whileLocked(file, never, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await readdir(folder)).toEqual([]);
  });

  test("takes over from a process that died", async () => {
    await writeFile(file, formatIdentity({ ...thisProcess(), startedAt: "1" }));
    expect(await whileLocked(file, never, async () => "done")).toBe("done");
  });

  test("waits for a process that lives, until it is called off", async () => {
    await writeFile(file, formatIdentity(thisProcess()));
    const controller = new AbortController();
    const waiting = whileLocked(file, controller.signal, async () => "done");
    controller.abort(new Error("called off"));
    await expect(waiting).rejects.toThrow("called off");
    expect(await readdir(folder)).toEqual(["lock"]);
  });

  test("waits for a process of another machine, but not for ever", async () => {
    await writeFile(file, formatIdentity({ ...thisProcess(), machine: "another" }));
    const controller = new AbortController();
    const waiting = whileLocked(file, controller.signal, async () => "done");
    controller.abort(new Error("called off"));
    await expect(waiting).rejects.toThrow("called off");

    const longAgo = new Date(Date.now() - 60 * 60_000);
    await utimes(file, longAgo, longAgo);
    expect(await whileLocked(file, never, async () => "done")).toBe("done");
  });
});
