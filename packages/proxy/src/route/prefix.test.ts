import { expect, test } from "vitest";
import { readPathPrefix, withoutPrefix } from "./prefix.ts";

test("a final slash of a prefix makes no difference", () => {
  expect(readPathPrefix("/api/")).toBe("/api");
  expect(readPathPrefix("/")).toBe("/");
});

test.each(["", "api", "/a b", "/a?b", "/a#b"])("%j is no prefix", (text) =>
  expect(readPathPrefix(text)).toHaveProperty("must"),
);

test("what is left without a prefix begins with a slash", () => {
  expect(withoutPrefix("/api/users?id=1", "/api")).toBe("/users?id=1");
  expect(withoutPrefix("/api", "/api")).toBe("/");
  expect(withoutPrefix("/api?id=1", "/api")).toBe("/?id=1");
  expect(withoutPrefix("/users", "/")).toBe("/users");
});
