import { expect, test } from "vitest";
import { parseTarget } from "./target.ts";

test.each([
  ["app-web-3f2a1c:3000", "app-web-3f2a1c", 3000],
  ["app_web.1:80", "app_web.1", 80],
  ["192.0.2.1:8080", "192.0.2.1", 8080],
  ["[::1]:8080", "::1", 8080],
])("%s is a target", (text, host, port) => expect(parseTarget(text)).toEqual({ host, port }));

test.each(["app", "app:", ":3000", "app:0", "app:65536", "http://app:3000", "a b:1", "::1:80"])(
  "%j is no target",
  (text) => expect(parseTarget(text)).toBeNull(),
);
