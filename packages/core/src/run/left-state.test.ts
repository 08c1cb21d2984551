import { expect, test } from "vitest";
import { leftState } from "./left-state.ts";

test.each([
  ["unchanged", { planned: 2, made: 0, reverted: 0, unanswered: 0, begun: false }],
  ["not-switched", { planned: 2, made: 0, reverted: 0, unanswered: 0, begun: true }],
  ["split", { planned: 2, made: 1, reverted: 0, unanswered: 0, begun: true }],
  ["switched", { planned: 2, made: 2, reverted: 0, unanswered: 0, begun: true }],
  ["split", { planned: 2, made: 2, reverted: 1, unanswered: 0, begun: true }],
  ["split", { planned: 2, made: 1, reverted: 1, unanswered: 1, begun: true }],
  ["reverted", { planned: 2, made: 2, reverted: 2, unanswered: 0, begun: true }],
] as const)("it is %s after %o", (state, progress) => {
  expect(leftState(progress)).toBe(state);
});
