import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { requestBodies } from "../corpus/request-bodies.ts";
import { requestFields } from "../corpus/request-fields.ts";
import { requestLines } from "../corpus/request-lines.ts";
import { responses } from "../corpus/responses.ts";
import { mutate } from "./mutate.ts";
import { NodeReader } from "./node-http.ts";
import { fault, type Sample } from "./oracle.ts";
import { Random } from "./random.ts";
import { shrink } from "./shrink.ts";

/** Longer cases are about limits and would make most of the work. */
const longest = 1024;
const foundFile = new URL("../corpus/found.json", import.meta.url);

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string", default: "1" } },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
if (!(seconds > 0) || !Number.isInteger(seed)) {
  process.stderr.write("usage: pnpm fuzz [--seconds 60] [--seed 1]\n");
  process.exit(2);
}

const samples: Sample[] = [
  ...[...requestLines, ...requestFields, ...requestBodies].map(({ bytes }) => ({
    from: "client" as const,
    bytes,
  })),
  ...responses.map(({ bytes }) => ({ from: "target" as const, bytes })),
].filter(({ bytes }) => bytes.length <= longest);
const pools = {
  client: samples.filter(({ from }) => from === "client").map(({ bytes }) => bytes),
  target: samples.filter(({ from }) => from === "target").map(({ bytes }) => bytes),
};
const found: Sample[] = JSON.parse(await readFile(foundFile, "utf8"));
const known = found.length;
const random = new Random(seed);
const node = new NodeReader();
const until = performance.now() + seconds * 1000;
let tried = 0;
while (performance.now() < until) {
  const { from, bytes } = random.pick(samples);
  const sample = { from, bytes: mutate(random, bytes, pools[from]) };
  const cuts = [random.below(sample.bytes.length + 1), random.below(sample.bytes.length + 1)];
  tried++;
  if ((await fault(sample, cuts, node)) === null) continue;
  const small = {
    from,
    bytes: await shrink(
      sample.bytes,
      async (less) => (await fault({ from, bytes: less }, cuts, node)) !== null,
    ),
  };
  process.stdout.write(`${JSON.stringify(small)}\n${await fault(small, cuts, node)}\n\n`);
  if (!found.some(({ bytes: old }) => old === small.bytes)) found.push(small);
}
if (found.length > known) await writeFile(foundFile, `${JSON.stringify(found, null, 2)}\n`);
process.stdout.write(`${tried} samples of seed ${seed} in ${seconds} s, ${found.length - known} new finds\n`);
process.exitCode = found.length > known ? 1 : 0;
