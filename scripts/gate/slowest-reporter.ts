import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { root } from "./command.ts";
import { slowestFiles } from "./slowest.ts";

/**
 * What the files of the integration tests may take, added up, for `npm test` to stay under eight minutes.
 * Two run side by side, and wait for each other's machines: 764 s of files took 577 s on two cores.
 */
const BUDGET_MS = 630_000;

/** Ends a run of vitest with the files that took longest, hooks included. */
export default class SlowestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const files = modules.map((module) => ({
      path: relative(root, module.moduleId),
      ms: module.diagnostic().duration,
      tests: [...module.children.allTests()].length,
    }));
    if (files.length > 1) console.log(`\n${slowestFiles(files, BUDGET_MS).join("\n")}`);
  }
}
