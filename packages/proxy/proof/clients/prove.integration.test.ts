import { expect, test } from "vitest";
import { memoryBoundMb } from "./bounds.ts";
import type { HostileKind } from "./kinds.ts";
import { proveClients } from "./prove.ts";

/** A machine that does much else collects later. */
const leewayMb = 60;

test.each<[HostileKind, number, string | null]>([
  ["slow heads", 300, null],
  ["slow readers", 20, "200"],
  ["header floods", 20, "431"],
  ["idle connections", 500, "200"],
])(
  "%s fail no request of a good client, and take little memory",
  async (kind, connections, status) => {
    const proof = await proveClients(kind, { connections, rounds: 1, measureMs: 700 });
    expect(proof.failures).toEqual([]);
    expect(proof.peakMb).toBeLessThan(memoryBoundMb(kind, connections) + leewayMb);
    expect(Object.keys(proof.hostile.statuses)).toEqual(status === null ? [] : [status]);
  },
  120_000,
);
