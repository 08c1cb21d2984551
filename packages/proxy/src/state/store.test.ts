import { mkdtemp, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { afterCommit, notServing } from "../switch/serving.ts";
import { aRelease } from "../testing/builders.ts";
import type { SavedState } from "./saved.ts";
import { StateStore } from "./store.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "cutover-state-"));
});

const stateWith = (candidate: string): SavedState => ({
  services: [{ serving: afterCommit(notServing("app"), aRelease(candidate), 1), receipts: [] }],
  fences: { app: 7 },
  answers: [{ id: "q1", verb: "commit", result: { switch: "s1", at: 1, previous: null } }],
});

const activeIn = (state: SavedState) => state.services[0]?.serving.active?.candidate;

test("an empty directory holds no state, and that is no problem", async () => {
  expect(await new StateStore(directory).load()).toMatchObject({ source: "none", problems: [] });
});

test("what was saved is loaded again, whole", async () => {
  await new StateStore(directory).save(stateWith("r1"));
  const { state, source } = await new StateStore(directory).load();
  expect(source).toBe("current");
  expect(state).toEqual(stateWith("r1"));
});

test("its file is for its owner only", async () => {
  await new StateStore(directory).save(stateWith("r1"));
  expect((await stat(join(directory, "state.json"))).mode & 0o777).toBe(0o600);
});

test.each([
  ["half-written", (path: string) => truncate(path, 200)],
  ["empty", (path: string) => truncate(path, 0)],
  ["no JSON", (path: string) => writeFile(path, "\0\0\0\0")],
  ["of an unknown schema", (path: string) => writeFile(path, '{"schema":99,"sha256":""}\n{}\n')],
])("a file that is %s is noticed and the previous one used", async (_, damage) => {
  const store = new StateStore(directory);
  await store.save(stateWith("r1"));
  await store.save(stateWith("r2"));
  await damage(join(directory, "state.json"));
  const { state, source, problems } = await new StateStore(directory).load();
  expect(source).toBe("previous");
  expect(activeIn(state)).toBe("r1");
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain("state.json");
});

test("one byte that changed on disk is noticed", async () => {
  const store = new StateStore(directory);
  await store.save(stateWith("r1"));
  await store.save(stateWith("r2"));
  const path = join(directory, "state.json");
  await writeFile(path, (await readFile(path, "utf8")).replace("r2:3000", "r3:3000"));
  expect((await new StateStore(directory).load()).source).toBe("previous");
});

test("a damaged file does not take the place of the good previous one at the next save", async () => {
  const store = new StateStore(directory);
  await store.save(stateWith("r1"));
  await store.save(stateWith("r2"));
  await truncate(join(directory, "state.json"), 10);
  const restarted = new StateStore(directory);
  await restarted.load();
  await restarted.save(stateWith("r3"));
  await truncate(join(directory, "state.json"), 10);
  expect(activeIn((await new StateStore(directory).load()).state)).toBe("r1");
});

test("a file left by a crash in the middle of writing is not taken for the state", async () => {
  const store = new StateStore(directory);
  await store.save(stateWith("r1"));
  await writeFile(join(directory, "state.json.new"), "half");
  expect(activeIn((await new StateStore(directory).load()).state)).toBe("r1");
});

test("saves that overlap are written in the order they were asked for", async () => {
  const store = new StateStore(directory);
  await Promise.all(["r1", "r2", "r3"].map((candidate) => store.save(stateWith(candidate))));
  expect(activeIn((await new StateStore(directory).load()).state)).toBe("r3");
  expect((await readdir(directory)).sort()).toEqual(["state.json", "state.previous.json"]);
});

test("a save that fails says so, and the next one is tried", async () => {
  const store = new StateStore(join(directory, "file"));
  await writeFile(join(directory, "file"), "in the way");
  await expect(store.save(stateWith("r1"))).rejects.toThrow();
  await expect(store.save(stateWith("r1"))).rejects.toThrow();
});
