/**
 * `npm test`: every check and test of this repository, in stages. Those that only compute run one
 * after another, the quickest to fail first, while the sandbox starts and its tests wait for machines.
 * Its last line is the sum of them all.
 */
import { interruptSignal } from "../packages/harness/src/command/interrupt.ts";
import { deadCode, lint, types } from "./gate/checks.ts";
import type { RunOptions } from "./gate/command.ts";
import { type Counts, isSuccess, oneFailed, summaryLine, sumOf } from "./gate/counts.ts";
import { integration } from "./gate/integration.ts";
import { inLanes, readSelection, type Selection, type StageName } from "./gate/selection.ts";
import { Stopwatch } from "./gate/stopwatch.ts";
import { runVitest } from "./gate/vitest.ts";

type Stage = { title: string; run(output: Pick<RunOptions, "output">): Promise<Counts> };

const selection = selectionOrExit();
const watch = new Stopwatch();
const interrupt = interruptSignal(watch.say);
const { signal } = interrupt;
const { files } = selection;

const stages: Record<StageName, Stage> = {
  lint: { title: "biome: format and lint", run: (output) => lint({ signal, ...output }) },
  types: { title: "tsc: types of every package", run: (output) => types({ signal, ...output }) },
  "dead-code": {
    title: "knip: unused files, exports and dependencies",
    run: (output) => deadCode({ signal, ...output }),
  },
  unit: {
    title: "vitest: unit tests",
    run: (output) =>
      runVitest({ project: "unit", reporter: "default", files, env: process.env, signal, ...output }),
  },
  integration: {
    title: "vitest: integration tests, on the sandbox",
    run: () => integration({ project: "integration", files, say: watch.say, signal }),
  },
  proof: {
    title: "vitest: stories that wait out real time limits, on the sandbox",
    run: () => integration({ project: "proof", files, say: watch.say, signal }),
  },
};

const { quick, onMachines } = inLanes(selection.stages);
const results = await Promise.all([
  inTurn(quick, onMachines.length > 0 ? "when done" : "live"),
  inTurn(onMachines, "live"),
]);

const total = sumOf(results.flat());
watch.say(signal.aborted ? "interrupted" : "all stages done");
console.log(summaryLine(total));
process.exitCode = interrupt.exitCode() ?? (isSuccess(total) ? 0 : 1);

/** One stage after another, whether or not one fails: whoever reads the log wants to know all. */
async function inTurn(names: readonly StageName[], show: "live" | "when done"): Promise<Counts[]> {
  const counts: Counts[] = [];
  for (const name of names) {
    if (signal.aborted) break;
    counts.push(await timed(name, stages[name], show));
  }
  return counts;
}

/** @param show `when done` where another stage prints at the same time, so that neither breaks the other's lines. */
async function timed(name: StageName, stage: Stage, show: "live" | "when done"): Promise<Counts> {
  watch.say(`${name}: ${stage.title}`);
  const lap = new Stopwatch();
  const printed: Buffer[] = [];
  const output = show === "live" ? {} : { output: (chunk: Buffer) => void printed.push(chunk) };
  const counts = await stage.run(output).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return oneFailed;
  });
  process.stdout.write(Buffer.concat(printed));
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
