import { expect, test } from "vitest";
import type { Workspace } from "../config/workspace.ts";
import { aRecord, aRoleRecord } from "../plan/builders.fixture.ts";
import { readErrorPages, withErrorPages } from "./error-pages.ts";

/** Stands for the project's folder: it has these files. */
function fakeWorkspace(files: Record<string, string>): Workspace {
  return { cwd: "/project", readFile: async (path: string) => files[path] ?? null } as unknown as Workspace;
}

test("pages are read by their status, relative to the project", async () => {
  const workspace = fakeWorkspace({ "/project/public/502.html": "<h1>Back soon</h1>" });
  expect(await readErrorPages(workspace, "public")).toEqual({ "502": "<h1>Back soon</h1>" });
});

test("a folder without any page is refused", async () => {
  await expect(readErrorPages(fakeWorkspace({}), "public")).rejects.toMatchObject({ code: "CONFIG_INVALID" });
});

test("only roles behind the proxy get pages", () => {
  const roles = [aRoleRecord(), aRoleRecord({ role: "jobs", proxy: null })];
  const record = withErrorPages(aRecord({ roles }), { "502": "x" });
  expect(record.roles.map(({ proxy }) => proxy?.options.errorPages)).toEqual([{ "502": "x" }, undefined]);
});
