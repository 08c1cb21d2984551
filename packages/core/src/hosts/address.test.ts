import { expect, test } from "vitest";
import { addressName, parseAddress } from "./address.ts";

test.each([
  ["web1", "web1", null, null],
  ["web1:2222", "web1", 2222, null],
  ["deploy@web1", "web1", null, "deploy"],
  ["deploy@web1:2222", "web1", 2222, "deploy"],
  ["2001:db8::1", "2001:db8::1", null, null],
  ["[2001:db8::1]:2222", "2001:db8::1", 2222, null],
])("%s is read", (written, host, port, user) => {
  expect(parseAddress(written)).toEqual({ host, port, user });
});

test("a port is named only when it is not the usual one", () => {
  expect(addressName({ host: "web1", port: 22 })).toBe("web1");
  expect(addressName({ host: "web1", port: 2222 })).toBe("web1:2222");
});
