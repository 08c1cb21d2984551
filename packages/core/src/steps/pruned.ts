import type { Memory } from "./memory.ts";

/** What was pruned on a host so far, to add to. */
export function prunedOn(memory: Memory, host: string): { containers: string[]; images: string[] } {
  const pruned = memory.pruned.get(host) ?? { containers: [], images: [] };
  memory.pruned.set(host, pruned);
  return pruned;
}
