import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimFolder } from "./claim.ts";

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "claim-test-"));
});
afterEach(() => rm(parent, { recursive: true }));

const alive = () => true;
const dead = () => false;

test("gives two builds at once a folder each", async () => {
  const first = await claimFolder(parent, 1, alive);
  const second = await claimFolder(parent, 2, alive);
  expect([first?.folder, second?.folder]).toEqual([join(parent, "1"), join(parent, "2")]);
});

test("gives a folder that was released again", async () => {
  const first = await claimFolder(parent, 1, alive);
  await first?.release();
  expect((await claimFolder(parent, 2, alive))?.folder).toBe(join(parent, "1"));
});

test("takes over from a process that has died", async () => {
  await claimFolder(parent, 1, alive);
  expect((await claimFolder(parent, 2, dead))?.folder).toBe(join(parent, "1"));
});

test("lets one that has not written its number yet be", async () => {
  await writeFile(join(parent, "1.pid"), "");
  expect((await claimFolder(parent, 2, dead))?.folder).toBe(join(parent, "2"));
});
