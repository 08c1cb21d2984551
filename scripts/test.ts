/**
 * `npm test`: every check and test of this repository, in stages, the quickest to fail first.
 * Its last line is the sum of them all.
 */
import { interruptSignal } from "../packages/harness/src/command/interrupt.ts";
import { deadCode, lint, types } from "./gate/checks.ts";
import { type Counts, isSuccess, oneFailed, summaryLine, sumOf } from "./gate/counts.ts";
import { integration } from "./gate/integration.ts";
import { readSelection, type Selection, type StageName } from "./gate/selection.ts";
import { Stopwatch } from "./gate/stopwatch.ts";
import { runVitest } from "./gate/vitest.ts";

type Stage = { title: string; run(): Promise<Counts> };

const selection = selectionOrExit();
const watch = new Stopwatch();
const interrupt = interruptSignal(watch.say);
const { signal } = interrupt;

const stages: Record<StageName, Stage> = {
  lint: { title: "biome: format and lint", run: () => lint(signal) },
  types: { title: "tsc: types of every package", run: () => types(signal) },
  "dead-code": { title: "knip: unused files, exports and dependencies", run: () => deadCode(signal) },
  unit: {
    title: "vitest: unit tests",
    run: () =>
      runVitest({ project: "unit", reporter: "default", files: selection.files, env: process.env, signal }),
  },
  integration: {
    title: "vitest: integration tests, on the sandbox",
    run: () => integration({ project: "integration", files: selection.files, say: watch.say, signal }),
  },
  proof: {
    title: "vitest: stories that wait out real time limits, on the sandbox",
    run: () => integration({ project: "proof", files: selection.files, say: watch.say, signal }),
  },
};

const results: Counts[] = [];
for (const name of selection.stages) {
  if (signal.aborted) break;
  results.push(await timed(name, stages[name]));
}

const total = sumOf(results);
watch.say(signal.aborted ? "interrupted" : "all stages done");
console.log(summaryLine(total));
process.exitCode = interrupt.exitCode() ?? (isSuccess(total) ? 0 : 1);

async function timed(name: StageName, stage: Stage): Promise<Counts> {
  watch.say(`${name}: ${stage.title}`);
  const lap = new Stopwatch();
  const counts = await stage.run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return oneFailed;
  });
  const verdict = counts.failed === 0 ? "passed" : "FAILED";
  watch.say(`${name}: ${verdict} in ${lap.seconds()} s (${summaryLine(counts)})`);
  return counts;
}

function selectionOrExit(): Selection {
  try {
    return readSelection(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
