/**
 * `pnpm proof:proxy`: what the proxy promises, proved in full against real processes. docs/proof.md says how.
 *
 *     pnpm proof:proxy [--only codec|crash|cutover|clients]... [--seed N] [--share S [--keep]]
 *
 * With `--only`, what the other suites gave on the same commit is kept beside. A share below 1 makes fewer kills,
 * operations and rounds; its result is kept only if asked for, and says how many.
 */
import { parseArgs } from "node:util";
import { commit, publish, resultsOf } from "./lib/results.ts";
import type { Row } from "./lib/row.ts";
import { tableLines } from "./lib/table.ts";
import { prove, type SuiteName, suiteNames } from "./proof/all.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    seed: { type: "string" },
    share: { type: "string" },
    keep: { type: "boolean" },
  },
});
const chosen = suitesOrExit(values.only ?? suiteNames);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const share = Number(values.share ?? 1);
console.error(`seed ${seed}`);

const { rows, violations } = await prove(chosen, { seed, share, say: console.error });
for (const line of violations) console.error(`VIOLATED: ${line}`);
if (share === 1 || values.keep) publish("proof-proxy", besideOthers(rows));
else for (const line of tableLines(rows)) console.log(line);
process.exitCode = violations.length === 0 && rows.every(({ met }) => met !== false) ? 0 : 1;

function suitesOrExit(names: readonly string[]): SuiteName[] {
  const unknown = names.find((name) => !suiteNames.some((suite) => suite === name));
  if (unknown === undefined) return suiteNames.filter((suite) => names.includes(suite));
  console.error(`there is no suite ${unknown}; there are: ${suiteNames.join(", ")}`);
  process.exit(2);
}

/** The rows of all suites in their order, where those of the others belong to what was proved now. */
function besideOthers(proved: readonly Row[]): Row[] {
  const former = resultsOf("proof-proxy");
  const others = former === null || former.commit !== commit() ? [] : (former.rows as Row[]);
  const suiteOf = (row: Row) => row.case.split(":")[0] as SuiteName;
  return suiteNames.flatMap((suite) =>
    (chosen.includes(suite) ? proved : others).filter((row) => suiteOf(row) === suite),
  );
}
