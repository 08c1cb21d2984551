import { readFile } from "node:fs/promises";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** How a file says that it uses the shared sandbox's machines all the time: by what it imports. */
const USES_MACHINES = /import \{ sandbox \} from "|sandbox-test\.ts"/;

/**
 * vitest's own order (what took longest last time first), but of integration tests one file that uses
 * the shared machines, then one that does not: so two workers seldom wait for each other.
 */
export class Alternating extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const uses = await Promise.all(sorted.map(usesMachines));
    return alternately(
      sorted.filter((_, index) => uses[index] === true),
      sorted.filter((_, index) => uses[index] !== true),
    );
  }
}

async function usesMachines({ moduleId }: TestSpecification): Promise<boolean> {
  if (!moduleId.endsWith(".integration.test.ts")) return false;
  return USES_MACHINES.test(await readFile(moduleId, "utf8"));
}

/** One of each in turn, then what is left of the longer list. */
export function alternately<T>(some: readonly T[], others: readonly T[]): T[] {
  const longer = Math.max(some.length, others.length);
  return Array.from({ length: longer }, (_, index) => [
    ...some.slice(index, index + 1),
    ...others.slice(index, index + 1),
  ]).flat();
}
