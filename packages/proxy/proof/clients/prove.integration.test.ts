import { expect, test } from "vitest";
import type { HostileKind } from "./kinds.ts";
import { proveClients } from "./prove.ts";

/** What a proxy may come to hold here, in MB; what slow readers ask for is two hundred times as much. */
const memoryMb = 200;

test.each<[HostileKind, number, string | null]>([
  ["slow heads", 300, null],
  ["slow readers", 40, "200"],
  ["header floods", 20, "431"],
  ["idle connections", 500, "200"],
])(
  "%s fail no request of a good client, and take little memory",
  async (kind, connections, status) => {
    const proof = await proveClients(kind, { connections, rounds: 1, measureMs: 1_000 });
    expect(proof.failures).toEqual([]);
    expect(proof.peakMb).toBeLessThan(memoryMb);
    expect(Object.keys(proof.hostile.statuses)).toEqual(status === null ? [] : [status]);
  },
  120_000,
);
