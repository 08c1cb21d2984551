import { describe, expect, test } from "vitest";
import { readRequests, readResponses } from "../testing/read-messages.ts";
import { everySplit } from "../testing/splits.ts";
import { summary } from "../testing/summary.ts";
import { requestBodies } from "./request-bodies.ts";
import { requestFields } from "./request-fields.ts";
import { requestLines } from "./request-lines.ts";
import { responses } from "./responses.ts";

/** Cases this long are about limits: split at every byte they would be read tens of thousands of times. */
const short = 2048;

describe.each([
  ["request lines", requestLines],
  ["request fields", requestFields],
  ["request bodies", requestBodies],
])("%s", (_, cases) => {
  test.each(cases)("$says", ({ bytes, gives }) => {
    expect(summary(readRequests([Buffer.from(bytes, "latin1")]))).toEqual(gives);
  });

  test.each(cases)("$says, in any two pieces and byte by byte", ({ bytes, gives }) => {
    const whole = Buffer.from(bytes, "latin1");
    const splits = whole.length > short ? [halves(whole)] : everySplit(whole);
    expect(readings(splits, (pieces) => summary(readRequests(pieces)))).toEqual([gives.join("\n")]);
  });
});

describe("responses", () => {
  test.each(responses)("$says", ({ bytes, gives, method = "GET" }) => {
    expect(summary(readResponses(method, [Buffer.from(bytes, "latin1")]))).toEqual(gives);
  });

  test.each(responses)("$says, in any two pieces and byte by byte", ({ bytes, gives, method = "GET" }) => {
    const splits = everySplit(Buffer.from(bytes, "latin1"));
    expect(readings(splits, (pieces) => summary(readResponses(method, pieces)))).toEqual([gives.join("\n")]);
  });
});

/** Each way in which some split was read, once: comparing text is far quicker than comparing each reading. */
function readings(splits: Iterable<Buffer[]>, read: (pieces: Buffer[]) => string[]): string[] {
  const distinct = new Set<string>();
  for (const pieces of splits) distinct.add(read(pieces).join("\n"));
  return [...distinct];
}

function halves(bytes: Buffer): Buffer[] {
  const middle = bytes.length >> 1;
  return [bytes.subarray(0, middle), bytes.subarray(middle)];
}
