/**
 * `pnpm corpus FOLDER [--ruby]`: loads every configuration file below a folder and prints the share that
 * loads, and the reason for each that does not. For files of strangers: no command of theirs is run,
 * and their Ruby only with `--ruby`.
 */
import { parseArgs } from "node:util";
import { projectsIn } from "./corpus/projects.ts";
import { type Outcome, tryProject } from "./corpus/try.ts";

const { values, positionals } = parseArgs({
  options: { ruby: { type: "boolean", default: false } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("usage: pnpm corpus FOLDER [--ruby]");
  process.exit(2);
}

const outcomes: Outcome[] = [];
for (const project of projectsIn(folder)) outcomes.push(await tryProject(project, values.ruby));
for (const { file, reasons } of outcomes) {
  if (reasons.length > 0) console.log(`${file}\n${reasons.map((reason) => `    ${reason}`).join("\n")}`);
}
const loaded = outcomes.filter(({ reasons }) => reasons.length === 0).length;
const share = outcomes.length === 0 ? 0 : (100 * loaded) / outcomes.length;
console.log(`${loaded} of ${outcomes.length} load: ${share.toFixed(1)} %`);
