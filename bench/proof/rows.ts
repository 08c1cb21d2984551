import type { ClientsProof } from "../../packages/proxy/proof/clients/prove.ts";
import type { CrashProof } from "../../packages/proxy/proof/crash/prove.ts";
import type { CutoverProof } from "../../packages/proxy/proof/cutover/prove.ts";
import { median } from "../lib/median.ts";
import { type Row, rowOf } from "../lib/row.ts";
import type { CodecProof } from "./codec.ts";

export function codecRows({ cases, refused, samples, violations }: CodecProof): Row[] {
  const name = "codec: cases cut at every byte, and mutations";
  const count = (metric: string, value: number) => rowOf({ case: name, metric, unit: "×", samples: [value] });
  return [
    rowOf({ case: name, metric: "violations", unit: "×", samples: [violations.length], atMost: 0 }),
    count("cases", cases),
    count("of those refused", refused),
    count("mutations", samples),
  ];
}

/** Back within a second, killed at each of the points. */
export function crashRows({ crashes, points, startMs, violations }: CrashProof): Row[] {
  const name = `crash: ${crashes} kills while state is written`;
  const slowest = Math.max(...startMs) / 1_000;
  return [
    rowOf({ case: name, metric: "violations", unit: "×", samples: [violations.length], atMost: 0 }),
    rowOf({ case: name, metric: "points killed at", unit: "×", samples: [Object.keys(points).length] }),
    rowOf({
      case: name,
      metric: "back to serving",
      unit: "s",
      samples: startMs.map((ms) => ms / 1_000),
      atMost: 1,
    }),
    rowOf({ case: name, metric: "back to serving, slowest", unit: "s", samples: [slowest] }),
  ];
}

export function cutoverRows(proof: CutoverProof): Row[] {
  const operations = Object.values(proof.operations).reduce((sum, times) => sum + times, 0);
  const name = `cutover: ${operations} operations under load`;
  const count = (metric: string, value: number) => rowOf({ case: name, metric, unit: "×", samples: [value] });
  return [
    rowOf({ case: name, metric: "violations", unit: "×", samples: [proof.violations.length], atMost: 0 }),
    count("requests", proof.requests),
    count("POSTs counted", proof.posts),
    count("excused by a kill, a cut or maintenance", proof.excused),
    rowOf({ case: name, metric: "load", unit: "1/s", samples: [proof.requests / proof.seconds] }),
    ...Object.entries(proof.operations).map(([operation, times]) => count(operation, times)),
  ];
}

/** @param memoryMb the most that the proxy may hold */
export function clientsRows(proof: ClientsProof, memoryMb: number): Row[] {
  const { p99Ms, peakMb, failures } = proof;
  const name = `clients: ${proof.connections} ${proof.kind}`;
  const alone = { name: "good clients alone", value: median(p99Ms.alone) };
  const beside = median(p99Ms.beside);
  return [
    rowOf({ case: name, metric: "good clients' p99", unit: "ms", samples: p99Ms.beside, against: alone }),
    rowOf({ case: name, metric: "p99 to alone", unit: "×", samples: [beside / alone.value], atMost: 2 }),
    rowOf({
      case: name,
      metric: "failures of good clients",
      unit: "×",
      samples: [failures.length],
      atMost: 0,
    }),
    rowOf({ case: name, metric: "peak memory", unit: "MB", samples: [peakMb], atMost: memoryMb }),
  ];
}
