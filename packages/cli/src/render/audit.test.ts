import type { AuditEntry } from "@cutover/core";
import { expect, test } from "vitest";
import { auditLines } from "./audit.ts";
import { palette } from "./palette.ts";

function anEntry(over: Partial<AuditEntry> = {}): AuditEntry {
  return {
    schemaVersion: 1,
    at: Date.UTC(2026, 10, 27, 5, 40),
    command: "deploy",
    by: "anna@laptop",
    toolVersion: "0.1.0",
    release: "r2",
    version: "v2",
    image: null,
    error: null,
    ms: 3_400,
    phases: [],
    roles: [],
    pruned: { containers: [], images: [] },
    message: null,
    ...over,
  };
}

test("each host's entries are told with how they ended and what was pruned", () => {
  const error = {
    code: "GATE_FAILED" as const,
    exitCode: 60,
    cause: "shop-web-v3 ended with code 1",
    state: "not-switched" as const,
    phase: "boot",
    host: "web1",
  };
  const hosts = [
    {
      host: "web1",
      entries: [
        anEntry({ pruned: { containers: ["shop-web-v0"], images: [] } }),
        anEntry({ command: "rollback", version: "v3", error, ms: 900 }),
      ],
    },
    { host: "web2", entries: [] },
  ];
  expect(auditLines({ service: "shop", destination: null, hosts }, palette(false))).toEqual([
    "shop on web1",
    "  2026-11-27 05:40  deploy    v2  anna@laptop  ok in 3.4 s",
    "    pruned shop-web-v0",
    "  2026-11-27 05:40  rollback  v3  anna@laptop  GATE_FAILED at boot in 0.9 s",
    "    shop-web-v3 ended with code 1",
    "",
    "shop on web2",
    "  nothing was done there yet",
  ]);
});
