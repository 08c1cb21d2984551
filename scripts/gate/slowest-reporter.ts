import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { root } from "./command.ts";
import { slowestFiles } from "./slowest.ts";

/** What the integration tests may take together, sandbox aside, for `npm test` to stay under four minutes. */
const BUDGET_MS = 190_000;

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
