import { expect, test } from "vitest";
import { runsOn } from "./image-architecture.ts";

test("an image runs on the processor that it was built for, and on no other", () => {
  expect(runsOn("amd64", "amd64")).toBe(true);
  expect(runsOn("arm64", "amd64")).toBe(false);
  expect(runsOn("amd64", "arm64")).toBe(false);
});

test("a processor runs what was built for its forebear", () => {
  expect(runsOn("386", "amd64")).toBe(true);
  expect(runsOn("arm", "arm64")).toBe(true);
});

test("what does not say is let through", () => {
  expect(runsOn("", "amd64")).toBe(true);
});
