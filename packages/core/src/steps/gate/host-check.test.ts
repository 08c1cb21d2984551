import { expect, test } from "vitest";
import { hostRefusal } from "./host-check.ts";

test.each([
  ["Rails", 403, "<h1>Blocked hosts: 0123456789ab:3000</h1>"],
  ["Django", 400, "DisallowedHost at /up"],
  ["Vite", 403, 'Blocked request. This host ("0123456789ab") is not allowed.'],
  ["webpack's server", 403, "Invalid Host header"],
  ["Symfony", 400, 'Untrusted Host "0123456789ab".'],
  ["ASP.NET", 400, "<h2>Bad Request - Invalid Hostname</h2>"],
])("%s is known by its refusal", (name, status, body) => {
  expect(hostRefusal(status, [body])?.name).toBe(name);
});

test("an app that fails for a reason of its own is not taken for one", () => {
  expect(hostRefusal(500, ["DisallowedHost"])).toBeNull();
  expect(hostRefusal(403, ["you shall not pass"])).toBeNull();
});
