import { expect, test } from "vitest";
import { addressName, parseAddress } from "./address.ts";

const usual = { user: "root", port: 22 };

test.each([
  ["web1", "web1", 22, "root"],
  ["web1:2222", "web1", 2222, "root"],
  ["deploy@web1", "web1", 22, "deploy"],
  ["deploy@web1:2222", "web1", 2222, "deploy"],
  ["2001:db8::1", "2001:db8::1", 22, "root"],
  ["[2001:db8::1]:2222", "2001:db8::1", 2222, "root"],
])("%s is read", (written, host, port, user) => {
  expect(parseAddress(written, usual)).toEqual({ host, port, user });
});

test("a port is named only when it is not the usual one", () => {
  expect(addressName({ host: "web1", port: 22 })).toBe("web1");
  expect(addressName({ host: "web1", port: 2222 })).toBe("web1:2222");
});
