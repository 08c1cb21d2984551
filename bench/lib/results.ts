import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { thisMachine } from "./machine.ts";
import type { Row } from "./row.ts";
import { tableLines } from "./table.ts";

const resultsFolder = fileURLToPath(new URL("../results/", import.meta.url));

/**
 * Prints the rows as a table, keeps them in `bench/results/<name>.json` with the commit and the
 * machine they belong to, and answers whether every target was met.
 *
 * @param note what a reader of the figures has to know beside them
 */
export function publish(name: string, rows: readonly Row[], note?: string): boolean {
  writeResults(name, rows, note);
  for (const line of tableLines(rows)) console.log(line);
  return rows.every((row) => row.met !== false);
}

/** Keeps rows of any kind in `bench/results/<name>.json`, with the commit and the machine they belong to. */
export function writeResults(name: string, rows: readonly object[], note?: string): void {
  mkdirSync(resultsFolder, { recursive: true });
  const results = { commit: commit(), machine: thisMachine(), ...(note !== undefined && { note }), rows };
  writeFileSync(fileOf(name), `${JSON.stringify(results, null, 2)}\n`);
}

/** The rows that were kept last; none where nothing was. */
export function readRows(name: string): object[] {
  return resultsOf(name)?.rows ?? [];
}

/** What was kept last, with the commit that it belongs to; null where nothing was. */
export function resultsOf(name: string): { commit: string; rows: object[] } | null {
  if (!existsSync(fileOf(name))) return null;
  return JSON.parse(readFileSync(fileOf(name), "utf8")) as { commit: string; rows: object[] };
}

const fileOf = (name: string) => `${resultsFolder}${name}.json`;

/** The commit measured; `+` after it says that files had changed since. */
export function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--", "packages", "harness", "bench/*.ts") !== "";
  return git("rev-parse", "--short=12", "HEAD") + (changed ? "+" : "");
}
