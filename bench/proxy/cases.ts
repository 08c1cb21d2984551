import type { Load } from "./load.ts";
import { manyServicesScript } from "./many-services.ts";

/** One kind of load, and the bounds that the project has set itself against nginx. */
export interface Case {
  name: string;
  load: Load;
  /** Whether `floor-program.ts` is asked too, which knows nothing but `/1k`. */
  withFloor?: true;
  /** The least share of nginx's throughput. */
  throughputAtLeast?: number;
  /** The most processor time for a request, as a multiple of nginx's. */
  cpuAtMost?: number;
  /** The most memory so far, in MB. */
  memoryAtMost?: number;
}

/** What top throughput is measured with. */
export const keptAlive: Case = {
  name: "1 KB, 64 connections kept alive",
  load: { tool: "wrk", path: "/1k", connections: 64 },
  withFloor: true,
  throughputAtLeast: 0.85,
  cpuAtMost: 1.25,
  memoryAtMost: 110,
};

export const cases: readonly Case[] = [
  keptAlive,
  {
    name: "1 KB, a new connection each",
    load: { tool: "wrk", path: "/1k", connections: 64, newConnections: true },
    withFloor: true,
    throughputAtLeast: 0.6,
  },
  { name: "100 KB", load: { tool: "wrk", path: "/100k", connections: 64 }, throughputAtLeast: 0.9 },
  { name: "10 MB download", load: { tool: "wrk", path: "/10m", connections: 16 }, throughputAtLeast: 0.9 },
  {
    name: "10 MB upload",
    load: {
      tool: "wrk",
      path: "/upload",
      connections: 4,
      script: `wrk.method = "PUT"\nwrk.body = string.rep("x", 10485760)\n`,
    },
    throughputAtLeast: 0.9,
  },
  { name: "100 KB in chunks", load: { tool: "wrk", path: "/chunked", connections: 64 } },
  {
    name: "TLS, 1 KB, 64 connections kept alive",
    load: { tool: "wrk", path: "/1k", connections: 64, https: true },
    withFloor: true,
    throughputAtLeast: 0.75,
  },
  {
    name: "TLS, 1 KB, a new connection each",
    load: { tool: "wrk", path: "/1k", connections: 64, https: true, newConnections: true },
    withFloor: true,
  },
  {
    name: "HTTP/2, 1 KB, 16 connections of 8 streams",
    load: { tool: "h2load", path: "/1k", connections: 16, streams: 8 },
  },
  { name: "1 KB, 1,000 connections", load: { tool: "wrk", path: "/1k", connections: 1_000 } },
  { name: "WebSocket, 100 bytes echoed, 64 connections", load: { tool: "echo", connections: 64 } },
  {
    name: "1 KB, 100 services with 1,000 routes",
    load: { tool: "wrk", path: "/1k", connections: 64, script: manyServicesScript },
  },
];

/** How long each connection waits between its requests at a steady pace, in milliseconds: wrk knows whole ones. */
const paceMs = 10;

/** A load of so many requests a second, whoever serves it, as long as it is served in time. */
export function steady(perSecond: number): Case {
  const connections = Math.max(1, Math.round((perSecond * paceMs) / 1_000));
  return {
    name: "1 KB at half of our top throughput",
    load: { tool: "wrk", path: "/1k", connections, script: `delay = function() return ${paceMs} end\n` },
  };
}
