import { expect, test } from "vitest";
import { inWords, moreErrors, type Sample, slower } from "./judge.ts";

/** Durations under the bounds 5, 10, 25, 50, 100, 250, … milliseconds. */
function aSample(over: Partial<Sample> = {}): Sample {
  return { requests: 1_000, errors: 0, durations: null, ...over };
}

test("a release that fails where the one before did not regresses", () => {
  const said = moreErrors(aSample(), aSample({ requests: 100, errors: 5 }));
  expect(said).toBe("5.0 % of its requests failed (5 of 100), 0.0 % before");
});

test("a few errors are chance", () => {
  expect(moreErrors(aSample(), aSample({ requests: 10, errors: 4 }))).toBeNull();
});

test("a release that fails as often as the one before does not regress", () => {
  const before = aSample({ errors: 100 });
  expect(moreErrors(before, aSample({ requests: 200, errors: 25 }))).toBeNull();
  expect(moreErrors(before, aSample({ requests: 200, errors: 40 }))).not.toBeNull();
});

test("less than one request in a hundred more is let through", () => {
  expect(moreErrors(aSample(), aSample({ requests: 10_000, errors: 60 }))).toBeNull();
});

test("a release that takes twice as long regresses", () => {
  const before = aSample({ durations: [0, 0, 0, 1_000] });
  const after = aSample({ durations: [0, 0, 0, 0, 0, 1_000] });
  expect(slower(before, after)).toBe("nine of ten requests took up to 235 ms, 48 ms before");
  expect(slower(before, before)).toBeNull();
});

test("a little more than next to nothing is let through", () => {
  const before = aSample({ durations: [1_000] });
  expect(slower(before, aSample({ durations: [0, 0, 1_000] }))).toBeNull();
});

test("too few answers, or none that were counted, tell nothing", () => {
  const slow = aSample({ durations: [0, 0, 0, 0, 0, 0, 0, 99] });
  expect(slower(aSample({ durations: [1_000] }), slow)).toBeNull();
  expect(slower(aSample({ durations: null }), aSample({ durations: [0, 0, 0, 0, 0, 0, 0, 500] }))).toBeNull();
});

test("a sample in words has its share of errors and how long nine of ten answers took", () => {
  expect(inWords(aSample({ requests: 200, errors: 1, durations: [100, 100] }))).toBe(
    "200 requests, 0.5 % failed, 90 % within 9 ms",
  );
});
