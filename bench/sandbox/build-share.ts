/** What is used of the NDJSON that `deploy --json` prints. */
interface Result {
  type: "result";
  result: { timings: { buildMs: number } };
}

/**
 * How long build and push took, in ms, out of what `deploy --json` printed.
 *
 * @throws Error when there is no result in it.
 */
export function buildMsOf(ndjson: string): number {
  for (const line of ndjson.trim().split("\n").reverse()) {
    const event = JSON.parse(line) as { type: string };
    if (event.type === "result") return (event as Result).result.timings.buildMs;
  }
  throw new Error("deploy --json printed no result");
}
