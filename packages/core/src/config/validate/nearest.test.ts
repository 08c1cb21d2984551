import { expect, it } from "vitest";
import { nearest } from "./nearest.ts";

const keys = ["service", "servers", "proxy", "app_port", "healthcheck", "registry"];

it.each([
  ["servce", "service"],
  ["sevrers", "servers"],
  ["app_prot", "app_port"],
  ["heathcheck", "healthcheck"],
  ["PROXY", "proxy"],
  ["prox", "proxy"],
  ["x", null],
  ["volumes", null],
])("takes %s for %s", (word, meant) => {
  expect(nearest(word, keys)).toBe(meant);
});
