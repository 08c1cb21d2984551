/**
 * `pnpm proof:deploy`: a deploy under every kind of bad luck, and the stories that wait out real time
 * limits, on the sandbox. docs/proof.md says how.
 *
 *     pnpm proof:deploy [--stories TEXT [--keep]] [FILE...]
 *
 * With a text only the stories run whose group and name hold it (several: divided by `|`). Their results
 * replace those of the last full run only if asked for.
 */
import { parseArgs } from "node:util";
import { interruptSignal } from "../packages/harness/src/command/interrupt.ts";
import { isSuccess, summaryLine } from "./gate/counts.ts";
import { integration } from "./gate/integration.ts";
import { Stopwatch } from "./gate/stopwatch.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stories: { type: "string" }, keep: { type: "boolean" } },
});
const matrix = "test/proof/matrix.integration.test.ts";
// The tests run in processes of vitest's, which get our environment and no arguments.
if (values.stories !== undefined) process.env["CUTOVER_PROOF_STORIES"] = values.stories;
if (values.keep) process.env["CUTOVER_PROOF_KEEP"] = "1";
const files = values.stories !== undefined && positionals.length === 0 ? [matrix] : positionals;

const watch = new Stopwatch();
const interrupt = interruptSignal(watch.say);
const counts = await integration({ project: "proof", files, say: watch.say, signal: interrupt.signal });
console.log(summaryLine(counts));
process.exitCode = interrupt.exitCode() ?? (isSuccess(counts) ? 0 : 1);
