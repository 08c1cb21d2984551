import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProxyProcess } from "../lib/proxy-process.ts";
import { goodClients } from "./good.ts";
import type { HostileKind } from "./kinds.ts";
import { calm, peakMb } from "./process-facts.ts";
import { Program } from "./program.ts";

/** What hostile clients did to the good ones, and to the proxy. */
export interface ClientsProof {
  kind: HostileKind;
  connections: number;
  /** Of the good clients, one for each round, in milliseconds. */
  p99Ms: { alone: number[]; beside: number[] };
  requests: number;
  failures: string[];
  /** The most memory that the proxy ever held, in MB. */
  peakMb: number;
  /** What the proxy answered the hostile ones, by status, and how many of their connections it ended. */
  hostile: { statuses: Record<string, number>; closed: number };
}

/** How much is tried. */
export interface Extent {
  connections: number;
  rounds: number;
  /** How long good clients are measured, twice in each round. */
  measureMs: number;
}

/** Hostile clients get so long to settle, in milliseconds; then they are measured beside as they are. */
const calmLimitMs = 8_000;

/**
 * Measures good clients alone and beside hostile ones, in turns, against one proxy process that the
 * hostile ones are all aimed at.
 */
export async function proveClients(kind: HostileKind, extent: Extent): Promise<ClientsProof> {
  const folder = await mkdtemp(join(tmpdir(), "cutover-proof-"));
  const origin = new Program("origin-program.ts");
  const proxy = await ProxyProcess.start(folder);
  try {
    await serve(proxy, `127.0.0.1:${await origin.line()}`);
    // The first requests of a process are the slowest.
    await goodClients(proxy.httpPort, extent.measureMs / 2);
    return await measure(kind, extent, proxy);
  } finally {
    await proxy.kill();
    origin.end();
    await origin.ended();
    await rm(folder, { recursive: true });
  }
}

async function serve(proxy: ProxyProcess, target: string): Promise<void> {
  const release = { service: "app", candidate: "r1", targets: [target], options: { hosts: [] }, health: {} };
  await proxy.tell("prepare", { ...release, deadlineMs: 20_000, expiresMs: 60_000 }, "prepare");
  await proxy.tell("commit", { service: "app", candidate: "r1", drainTimeoutMs: 1_000 }, "commit");
}

async function measure(kind: HostileKind, extent: Extent, proxy: ProxyProcess): Promise<ClientsProof> {
  const { connections, rounds, measureMs } = extent;
  const proof: ClientsProof = {
    kind,
    connections,
    p99Ms: { alone: [], beside: [] },
    requests: 0,
    failures: [],
    peakMb: 0,
    hostile: { statuses: {}, closed: 0 },
  };
  const good = async (into: number[]) => {
    const fared = await goodClients(proxy.httpPort, measureMs);
    into.push(fared.p99Ms);
    proof.requests += fared.requests;
    proof.failures.push(...fared.failures);
  };
  for (let round = 0; round < rounds; round += 1) {
    await good(proof.p99Ms.alone);
    const hostile = new Program("hostile-program.ts", [kind, `${proxy.httpPort}`, `${connections}`]);
    await hostile.line();
    await calm(proxy.pid, calmLimitMs);
    await good(proof.p99Ms.beside);
    hostile.end();
    add(proof.hostile, JSON.parse(await hostile.line()) as ClientsProof["hostile"]);
    await hostile.ended();
  }
  proof.peakMb = peakMb(proxy.pid);
  return proof;
}

function add(sum: ClientsProof["hostile"], { statuses, closed }: ClientsProof["hostile"]): void {
  for (const [status, times] of Object.entries(statuses))
    sum.statuses[status] = (sum.statuses[status] ?? 0) + times;
  sum.closed += closed;
}
