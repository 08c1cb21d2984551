import { requestBodies } from "../../packages/proxy/src/http1/corpus/request-bodies.ts";
import { requestFields } from "../../packages/proxy/src/http1/corpus/request-fields.ts";
import { requestLines } from "../../packages/proxy/src/http1/corpus/request-lines.ts";
import { responses } from "../../packages/proxy/src/http1/corpus/responses.ts";
import { mutate } from "../../packages/proxy/src/http1/fuzz/mutate.ts";
import { NodeReader } from "../../packages/proxy/src/http1/fuzz/node-http.ts";
import { fault, type Sample } from "../../packages/proxy/src/http1/fuzz/oracle.ts";
import { Random } from "../../packages/proxy/src/http1/fuzz/random.ts";

/** What the codec was held against. */
export interface CodecProof {
  /** Chosen cases, each read whole, in any two pieces, and byte by byte. */
  cases: number;
  /** Of those, refused. */
  refused: number;
  /** Cases that nobody chose: mutations of the others. */
  samples: number;
  violations: string[];
}

/** Longer cases are about limits and would make most of the work. */
const longest = 1_024;

/**
 * Holds every case of the corpus, and mutations of them for a while, to the same three things: read alike
 * however the bytes are cut, what is written reads back, and another parser takes it for the same one request.
 */
export async function proveCodec(seed: number, seconds: number): Promise<CodecProof> {
  const fromClient = [...requestLines, ...requestFields, ...requestBodies];
  const all = [...fromClient, ...responses];
  const samples: Sample[] = [
    ...fromClient.map(({ bytes }) => ({ from: "client" as const, bytes })),
    ...responses.map(({ bytes }) => ({ from: "target" as const, bytes })),
  ].filter(({ bytes }) => bytes.length <= longest);
  const proof: CodecProof = {
    cases: all.length,
    refused: all.filter(({ gives }) => gives.some((line) => line.startsWith("refused"))).length,
    samples: 0,
    violations: [],
  };
  const node = new NodeReader();
  const hold = async (sample: Sample, cuts: readonly number[]) => {
    const wrong = await fault(sample, cuts, node);
    if (wrong !== null) proof.violations.push(`${JSON.stringify(sample.bytes)}: ${wrong}`);
  };
  for (const sample of samples) {
    for (let cut = 0; cut <= sample.bytes.length; cut += 1) await hold(sample, [cut]);
  }
  const random = new Random(seed);
  const pools = {
    client: samples.filter(({ from }) => from === "client").map(({ bytes }) => bytes),
    target: samples.filter(({ from }) => from === "target").map(({ bytes }) => bytes),
  };
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; proof.samples += 1) {
    const { from, bytes } = random.pick(samples);
    const sample = { from, bytes: mutate(random, bytes, pools[from]) };
    await hold(sample, [random.below(sample.bytes.length + 1), random.below(sample.bytes.length + 1)]);
  }
  return proof;
}
