import { mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inStaging } from "./staging.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "staging-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("inStaging", () => {
  test("leaves what was renamed into place, and nothing else", async () => {
    await inStaging(folder, async (staging) => {
      await writeFile(join(staging, "made"), "whole");
      await writeFile(join(staging, "rest"), "");
      await rename(join(staging, "made"), join(folder, "made"));
    });
    expect(await readdir(folder)).toEqual(["made"]);
    expect(await readFile(join(folder, "made"), "utf8")).toBe("whole");
  });

  test("leaves nothing when the making fails", async () => {
    await expect(inStaging(folder, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await readdir(folder)).toEqual([]);
  });

  test("removes what a killed run left long ago, not what another run makes now", async () => {
    const [old, recent] = [join(folder, ".making-old"), join(folder, ".making-new")];
    await mkdir(old);
    await mkdir(recent);
    const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
    await utimes(old, longAgo, longAgo);
    await inStaging(folder, async () => {});
    expect(await readdir(folder)).toEqual([".making-new"]);
  });
});
