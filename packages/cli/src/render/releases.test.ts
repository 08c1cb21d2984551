import type { KnownRelease } from "@cutover/core";
import { expect, test } from "vitest";
import { palette } from "./palette.ts";
import { releasesLines } from "./releases.ts";

function aRelease(over: Partial<KnownRelease> = {}): KnownRelease {
  return {
    release: "20261127T054000Z-aa",
    version: "3f2a1c0d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a49",
    digest: `sha256:${"b".repeat(64)}`,
    commit: null,
    createdAt: Date.UTC(2026, 10, 27, 5, 40),
    createdBy: "anna@laptop",
    toolVersion: "0.1.0",
    rollbackOf: null,
    result: "ok",
    failure: null,
    recordedOn: ["web1"],
    servesOn: [],
    served: false,
    ...over,
  };
}

function lines(...releases: KnownRelease[]): string[] {
  return releasesLines({ service: "shop", destination: null, hosts: ["web1"], releases }, palette(false));
}

test("releases are a table that says what serves, what can be gone back to and what failed", () => {
  const failure = { code: "GATE_FAILED", phase: "boot", cause: "it ended" };
  expect(
    lines(
      aRelease({ release: "r3", version: "v3", result: "failed", failure, recordedOn: [] }),
      aRelease({ servesOn: ["web1"] }),
      aRelease({ release: "r1", version: "v1", served: true }),
      aRelease({ release: "r0", version: "v0", result: "unfinished" }),
    ),
  ).toEqual([
    "shop",
    "               VERSION  DATE (UTC)        BY           RESULT               IMAGE         RELEASE",
    "               v3       2026-11-27 05:40  anna@laptop  GATE_FAILED at boot  bbbbbbbbbbbb  r3",
    "  serves       3f2a1c0  2026-11-27 05:40  anna@laptop  ok                   bbbbbbbbbbbb  20261127T054000Z-aa",
    "  can go back  v1       2026-11-27 05:40  anna@laptop  ok                   bbbbbbbbbbbb  r1",
    "               v0       2026-11-27 05:40  anna@laptop  never ended          bbbbbbbbbbbb  r0",
  ]);
});

test("an app that was never deployed says so", () => {
  expect(lines()).toEqual(["shop has no release on web1 yet"]);
});
