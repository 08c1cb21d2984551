import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { localWorkspace } from "./local-workspace.ts";

it("reads no text where there is a folder or nothing, and lists nothing where there is no folder", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "cutover-workspace-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const workspace = localWorkspace({ cwd, env: {} });
  expect(await workspace.readFile(cwd)).toBeNull();
  expect(await workspace.readFile(join(cwd, "gone"))).toBeNull();
  expect(await workspace.list(join(cwd, "gone"))).toEqual([]);
});
