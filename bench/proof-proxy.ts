/**
 * `pnpm proof:proxy`: what the proxy promises, proved in full against real processes. docs/proof.md says how.
 *
 *     pnpm proof:proxy [--seed N] [--share S [--keep]]
 *
 * A share below 1 makes fewer kills, operations and rounds; its result is kept only if asked for, and says how many.
 */
import { parseArgs } from "node:util";
import { publish } from "./lib/results.ts";
import { tableLines } from "./lib/table.ts";
import { proveAll } from "./proof/all.ts";

const { values } = parseArgs({
  options: { seed: { type: "string" }, share: { type: "string" }, keep: { type: "boolean" } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const share = Number(values.share ?? 1);
console.error(`seed ${seed}`);

const { rows, violations } = await proveAll({ seed, share, say: console.error });
for (const line of violations) console.error(`VIOLATED: ${line}`);
if (share === 1 || values.keep) publish("proof-proxy", rows);
else for (const line of tableLines(rows)) console.log(line);
process.exitCode = violations.length === 0 && rows.every(({ met }) => met !== false) ? 0 : 1;
