import { expect, test } from "vitest";
import { readHostPattern } from "./host.ts";

test.each([
  ["App.Example.COM", "app.example.com"],
  ["example.com.", "example.com"],
  ["*.example.com", "*.example.com"],
  ["localhost", "localhost"],
  ["192.0.2.1", "192.0.2.1"],
  ["[2001:db8::1]", "[2001:db8::1]"],
])("%s is a host", (text, read) => expect(readHostPattern(text)).toBe(read));

test.each(["", "*", "a.*.com", "example.com:80", "example.com/x", "a b", "-a.com", "a..b"])(
  "%j is no host",
  (text) => expect(readHostPattern(text)).toHaveProperty("must"),
);
