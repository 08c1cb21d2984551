import { expect, test } from "vitest";
import { bundled, isBundled, thirdPartyLicences } from "./bundled.ts";

test("each bundled package is named with its version, and its licence stands below", () => {
  const text = thirdPartyLicences();
  for (const name of bundled)
    expect(text).toMatch(new RegExp(`^# ${name} \\d+\\.\\d+\\.\\d+ \\(\\w+\\)$`, "m"));
  expect(text.match(/Permission (is hereby granted|to use, copy)/g)).toHaveLength(bundled.length);
});

test("what speaks to hosts is left for npm to install", () => {
  expect(["zod", "zod/v4", "ssh2", "dockerode", "ssh2/lib/client.js"].map(isBundled)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
