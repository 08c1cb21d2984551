import { expect, test } from "vitest";
import { Trust } from "./trust.ts";

test("with forwarded headers on, everyone is believed", () =>
  expect(new Trust({ forwardHeaders: true, trustedProxies: null }).believes("192.0.2.1")).toBe(true));

test("with them off, nobody is", () =>
  expect(new Trust({ forwardHeaders: false, trustedProxies: ["192.0.2.0/24"] }).believes("192.0.2.1")).toBe(
    false,
  ));

test("trusted networks narrow it", () => {
  const trust = new Trust({
    forwardHeaders: true,
    trustedProxies: ["192.0.2.0/24", "2001:db8::/32", "10.1.1.1"],
  });
  expect(["192.0.2.7", "2001:db8::1", "10.1.1.1"].every((address) => trust.believes(address))).toBe(true);
  expect(["192.0.3.7", "2001:db9::1", "10.1.1.2", ""].some((address) => trust.believes(address))).toBe(false);
});
