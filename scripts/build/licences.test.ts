import { join } from "node:path";
import { expect, test } from "vitest";
import { thirdPartyLicences } from "./licences.ts";
import { root } from "./places.ts";

const of = (...path: string[]) => join(root, "packages", "core", "node_modules", ...path);

test("each bundled package is named once with its version, and its licence stands below", () => {
  const text = thirdPartyLicences([
    of("zod", "v4", "index.js"),
    of("zod", "v4", "core", "core.js"),
    of("ssh2", "lib", "client.js"),
  ]);
  expect(text.match(/^# .*$/gm)).toEqual([
    expect.stringMatching(/^# ssh2 \d+\.\d+\.\d+ \(MIT\)$/),
    expect.stringMatching(/^# zod \d+\.\d+\.\d+ \(MIT\)$/),
  ]);
  expect(text.match(/Permission is hereby granted/g)).toHaveLength(2);
});

test("files of ours need none", () => {
  const text = thirdPartyLicences([join(root, "packages", "core", "src", "index.ts"), "\0virtual"]);
  expect(text).not.toContain("# ");
});
