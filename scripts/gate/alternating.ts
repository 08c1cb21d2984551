import { readFile } from "node:fs/promises";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { alternately } from "./alternately.ts";

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
