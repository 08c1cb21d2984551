import { readFileSync } from "node:fs";

/** Looked at so often, in milliseconds. */
const windowMs = 250;
/** Less than this share of a processor is calm. */
const calmShare = 0.3;

/**
 * Settles when a process has little to do, or else after a limit: what is being thrown at it does not end.
 * Slow readers take several megabytes each, and quickly, until the buffers of the system are full.
 */
export async function calm(pid: number, limitMs: number): Promise<void> {
  const until = performance.now() + limitMs;
  for (let before = cpuMs(pid); performance.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, windowMs));
    const now = cpuMs(pid);
    if (now - before < calmShare * windowMs) return;
    before = now;
  }
}

/** The most memory that a process ever held, in MB. */
export function peakMb(pid: number): number {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
  return Number(peak) / 1_024;
}

/** Processor time so far, in milliseconds. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  // utime and stime, in ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
