import type { Load } from "./wrk.ts";

/** One kind of load, and the bounds that the project has set itself against nginx. */
export interface Case {
  name: string;
  path: string;
  load: Omit<Load, "url" | "seconds">;
  /** The least share of nginx's throughput. */
  throughputAtLeast?: number;
  /** The most processor time for a request, as a multiple of nginx's. */
  cpuAtMost?: number;
}

export const cases: readonly Case[] = [
  {
    name: "1 KB, 64 connections kept alive",
    path: "/1k",
    load: { connections: 64 },
    throughputAtLeast: 0.85,
    cpuAtMost: 1.25,
  },
  {
    name: "1 KB, a new connection each",
    path: "/1k",
    load: { connections: 64, newConnections: true },
    throughputAtLeast: 0.6,
  },
  { name: "100 KB", path: "/100k", load: { connections: 64 }, throughputAtLeast: 0.9 },
  { name: "10 MB download", path: "/10m", load: { connections: 16 }, throughputAtLeast: 0.9 },
  { name: "1 KB, 1,000 connections", path: "/1k", load: { connections: 1_000 } },
];
