import { expect, test } from "vitest";
import { Random } from "./random.ts";

const drawn = (seed: number) => {
  const random = new Random(seed);
  return Array.from({ length: 2_000 }, () => random.below(10));
};

test("a seed gives the same choices again, another seed gives others", () => {
  expect(drawn(1)).toEqual(drawn(1));
  expect(drawn(1)).not.toEqual(drawn(2));
});

test("every choice comes about as often as any other", () => {
  const counts = drawn(3).reduce<number[]>(
    (sum, value) => sum.with(value, (sum[value] ?? 0) + 1),
    Array(10).fill(0),
  );
  for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(60);
});
