import { expect, test } from "vitest";
import { everydayMix } from "./mix.ts";
import { seededRandom } from "./random.ts";

const random = seededRandom(1);
const requests = Array.from({ length: 2_000 }, () => everydayMix(random));
const share = (matches: (request: (typeof requests)[number]) => boolean) =>
  requests.filter(matches).length / requests.length;

test("half of the requests open a connection of their own", () => {
  expect(share((request) => request.connection === "new")).toBeCloseTo(0.5, 1);
});

test("three in ten send a body", () => {
  expect(share((request) => request.body !== null && request.body.length > 0)).toBeCloseTo(0.3, 1);
});

test("some answers are slow, by no more than a second", () => {
  expect(share((request) => request.delayMs > 0)).toBeCloseTo(0.05, 1);
  expect(Math.max(...requests.map((request) => request.delayMs))).toBeLessThanOrEqual(1_000);
});

test("the same seed makes the same requests", () => {
  const again = seededRandom(1);
  expect(everydayMix(again)).toEqual(requests[0]);
});
