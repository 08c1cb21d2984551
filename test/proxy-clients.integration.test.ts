import { expect, test } from "vitest";
import { memoryBoundMb } from "../packages/proxy/proof/clients/bounds.ts";
import type { HostileKind } from "../packages/proxy/proof/clients/kinds.ts";
import { proveClients } from "../packages/proxy/proof/clients/prove.ts";
// It needs no machines, but takes their turn: twice a story under traffic lost its load balancer's port beside it.
import "./sandbox.ts";

/** A machine that does much else collects later. */
const leewayMb = 60;

test.each<[HostileKind, number, string | null]>([
  ["slow heads", 200, null],
  ["slow readers", 10, "200"],
  ["header floods", 10, "431"],
  ["idle connections", 300, "200"],
])(
  "%s fail no request of a good client, and take little memory",
  async (kind, connections, status) => {
    const proof = await proveClients(kind, { connections, rounds: 1, measureMs: 400 });
    expect(proof.failures).toEqual([]);
    expect(proof.peakMb).toBeLessThan(memoryBoundMb(kind, connections) + leewayMb);
    expect(Object.keys(proof.hostile.statuses)).toEqual(status === null ? [] : [status]);
  },
  120_000,
);
