import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../bin/deploy.js", import.meta.url));

/** An older Node is not at hand, so this one says that it is one. */
const older = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"18.20.8"})`;

test("a Node that is too old is told which one is needed, and nothing is loaded", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--import", older, bin, "version"], {
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^deploy needs Node 24 or later, and this is Node 18\.20\.8\.\n/);
});
