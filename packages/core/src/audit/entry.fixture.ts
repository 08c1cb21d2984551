import type { AuditEntry } from "./entry.ts";

/** A deploy of `r2` that went well. */
export function anAuditEntry(over: Partial<AuditEntry> = {}): AuditEntry {
  return {
    schemaVersion: 1,
    at: 10,
    command: "deploy",
    by: "anna@laptop",
    toolVersion: "0.1.0",
    release: "r2",
    version: "v2",
    image: "registry.test/shop@sha256:bb",
    error: null,
    ms: 3_000,
    phases: [{ phase: "prepare", ok: true, ms: 200 }],
    roles: [],
    pruned: { containers: [], images: [] },
    message: null,
    ...over,
  };
}
