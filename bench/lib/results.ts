import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { thisMachine } from "./machine.ts";
import type { Row } from "./row.ts";
import { tableLines } from "./table.ts";

const resultsFolder = fileURLToPath(new URL("../results/", import.meta.url));

/**
 * Prints the rows as a table, keeps them in `bench/results/<name>.json` with the commit and the
 * machine they belong to, and answers whether every target was met.
 */
export function publish(name: string, rows: readonly Row[]): boolean {
  mkdirSync(resultsFolder, { recursive: true });
  const results = { commit: commit(), machine: thisMachine(), rows };
  writeFileSync(`${resultsFolder}${name}.json`, `${JSON.stringify(results, null, 2)}\n`);
  for (const line of tableLines(rows)) console.log(line);
  return rows.every((row) => row.met !== false);
}

/** The commit measured; `+` after it says that files had changed since. */
function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--", "packages", "harness", "bench/*.ts") !== "";
  return git("rev-parse", "--short=12", "HEAD") + (changed ? "+" : "");
}
