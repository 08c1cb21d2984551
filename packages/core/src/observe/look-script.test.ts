import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LOOK_SCRIPT, parseLook } from "./look-script.ts";

/** The script itself, run by this machine's shell. */
function looked(folder: string) {
  return parseLook(execFileSync("sh", ["-s", "--", folder], { input: LOOK_SCRIPT, encoding: "utf8" }));
}

test("the script finds records, active release, key and locks of an app's folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "look-"));
  mkdirSync(join(folder, "releases/r1"), { recursive: true });
  mkdirSync(join(folder, "releases/r2"));
  mkdirSync(join(folder, "locks"));
  writeFileSync(join(folder, "releases/r1/record.json"), '{"release":"r1"}\n');
  // Half made: it has no record yet.
  writeFileSync(join(folder, "releases/r2/web.env.json"), "{}");
  writeFileSync(join(folder, "active.json"), '{"release":"r1"}');
  writeFileSync(join(folder, "checksum.key"), "abc\n");
  writeFileSync(join(folder, "locks/17.json"), "{}");
  const answer = looked(folder);
  expect(answer).toMatchObject({
    active: '{"release":"r1"}',
    checksumKey: "abc",
    records: ['{"release":"r1"}\n'],
    home: process.cwd(),
  });
  expect([...answer.locks]).toEqual([["17.json", "{}"]]);
  expect(answer.disks).toContain("/");
  expect(Number.parseFloat(answer.uptime)).toBeGreaterThan(0);
  expect(answer.bootId).not.toBe("");
});

test("files that were to be renamed are found, and a lock's are left to who renews it", () => {
  const folder = mkdtempSync(join(tmpdir(), "look-"));
  mkdirSync(join(folder, "releases/r1"), { recursive: true });
  mkdirSync(join(folder, "journals"));
  mkdirSync(join(folder, "locks"));
  for (const path of [".0a1b", "journals/.2c", "releases/r1/.3d", "locks/.4e", "locks/.seed", "active.json"])
    writeFileSync(join(folder, path), "");
  expect(looked(folder).temporaries).toEqual([".0a1b", "journals/.2c", "releases/r1/.3d"]);
});

test("the host's clock is read to the millisecond, and to the second where its date knows no better", () => {
  expect(parseLook("time\u00001700000000.123456789\u0000").timeMs).toBe(1_700_000_000_123);
  expect(parseLook("time\u00001700000000.N\u0000").timeMs).toBe(1_700_000_000_000);
});

test("a host on which nothing was ever deployed has nothing", () => {
  expect(looked(join(tmpdir(), "there-is-no-such-folder"))).toMatchObject({
    active: null,
    checksumKey: null,
    records: [],
  });
});

test("state that the SSH user may not read is told, and not taken for none", () => {
  expect(() => parseLook("home\u0000/home/me\u0000denied\u0000/var/lib/cutover\u0000")).toThrow(
    "may not read",
  );
});
