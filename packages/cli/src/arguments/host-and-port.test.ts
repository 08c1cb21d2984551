import { expect, test } from "vitest";
import { hostAndPort } from "./host-and-port.ts";

test.each(["web1.example.com", "web1.example.com:2222", "h:65535", "::1", "fe80::2:99999", "[::1]:22"])(
  "%s can be a host",
  (value) => {
    expect(hostAndPort(value)).toBe(value);
  },
);

test.each(["h:99999", "h:0", "h:ssh", "h:", "[::1]:70000"])("%s has no port that can be", (value) => {
  expect(() => hostAndPort(value)).toThrow("65535");
});
