import { expect, test } from "vitest";
import { readFailures } from "./failed-requests.ts";

const vms = { "172.18.0.4": "vm1", "172.18.0.5": "vm2" } as const;

test("a failed request is told with the VM it was sent to", () => {
  const log = "1795757842.147 502 172.18.0.5:80 GET /bytes?size=10 HTTP/1.1\n";
  expect(readFailures(log, vms)).toEqual([
    { at: 1795757842147, status: 502, vm: "vm2", request: "GET /bytes?size=10 HTTP/1.1" },
  ]);
});

test("one that was sent to no VM, or to one that is no more, has none", () => {
  const log = "1.0 400 - GET / HTTP/1.1\n2.0 502 172.18.0.9:80 GET / HTTP/1.1\n";
  expect(readFailures(log, vms).map(({ vm }) => vm)).toEqual([null, null]);
});

test("an empty log is no failure", () => {
  expect(readFailures("", vms)).toEqual([]);
});
