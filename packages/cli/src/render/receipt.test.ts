import type { DeployResult } from "@cutover/core";
import { expect, test } from "vitest";
import { palette } from "./palette.ts";
import { type Receipt, receiptLine, resultLines } from "./receipt.ts";

const plain = palette(false);
const noFailures = { requests: 0, targetErrors: 0, targetFailures: 0, clientAborts: 0, proxyErrors: 0 };

function aReceipt(of: Partial<Receipt> = {}): Receipt {
  return {
    switch: "s1",
    service: "hello-web",
    from: "r1",
    to: "r2",
    at: 0,
    state: "drained",
    inFlight: 12,
    drained: 12,
    cut: 0,
    held: 0,
    longestHoldMs: 0,
    retried: 0,
    before: noFailures,
    after: noFailures,
    websockets: { open: 0, closed: 0, cut: 0 },
    drainMs: 900,
    ...of,
  };
}

function aResult(of: Partial<DeployResult> = {}): DeployResult {
  return {
    service: "hello",
    destination: null,
    version: "abc123",
    release: "r2",
    image: "registry:4443/hello@sha256:00",
    changed: true,
    hosts: [
      {
        host: "vm1",
        action: "boot",
        changes: [],
        drift: [],
        roles: [{ role: "web", container: "hello-web-abc123", from: "0ff1ce", receipt: aReceipt() }],
      },
    ],
    spreadMs: 3,
    leftBehind: [],
    timings: { totalMs: 3400, buildMs: 2000, ownMs: 1400, phases: [] },
    pruned: [],
    ...of,
  };
}

test("a clean switch says what was in flight and that nothing failed", () => {
  expect(receiptLine(aReceipt(), plain)).toBe("12 in flight, 12 drained in 0.9 s, 0 failed");
});

test("a switch without traffic says so", () => {
  expect(receiptLine(aReceipt({ inFlight: 0 }), plain)).toBe("nothing in flight, 0 failed");
});

test("what was cut or failed is told in place of the good news", () => {
  const receipt = aReceipt({ drained: 10, cut: 2, after: { ...noFailures, proxyErrors: 1 } });
  expect(receiptLine(receipt, plain)).toBe(
    "12 in flight, 10 drained in 0.9 s, 2 cut at the drain limit, 1 error by the proxy",
  );
});

test("requests that were held are told with the longest hold", () => {
  expect(receiptLine(aReceipt({ held: 3, longestHoldMs: 250 }), plain)).toContain("3 held for 0.3 s at most");
});

test("a deploy ends with who serves what since when, a line for each host's role", () => {
  expect(resultLines(aResult(), plain)).toEqual([
    "✓ hello abc123 serves on vm1 in 3.4 s",
    "  vm1  web  from 0ff1ce: 12 in flight, 12 drained in 0.9 s, 0 failed",
  ]);
});

test("a first deploy of a role without a proxy has no receipt", () => {
  const roles = [{ role: "job", container: "c", from: null, receipt: null }];
  const hosts = [{ host: "vm1", action: "boot" as const, changes: [], drift: [], roles }];
  expect(resultLines(aResult({ hosts, destination: "staging" }), plain)).toEqual([
    "✓ hello (staging) abc123 serves on vm1 in 3.4 s",
    "  vm1  job  first deploy",
  ]);
});

test("a host that was left behind is named last, and why", () => {
  const leftBehind = [{ host: "vm2", cause: "vm2 did not answer within 10 s" }];
  expect(resultLines(aResult({ leftBehind }), plain).at(-1)).toBe(
    "  ! vm2 was left behind: vm2 did not answer within 10 s",
  );
});

test("of several hosts it says how far apart they switched", () => {
  const [host] = aResult().hosts;
  if (host === undefined) throw new Error("the result has a host");
  const two = aResult({ hosts: [host, { ...host, host: "vm2" }], spreadMs: 12.4 });
  expect(resultLines(two, plain)[0]).toMatch(/switched within 12 ms$/);
});

test("a deploy that found everything as it should be says that it did nothing", () => {
  const hosts = [{ host: "vm1", action: "nothing" as const, changes: [], drift: [], roles: [] }];
  expect(resultLines(aResult({ hosts, changed: false }), plain)).toEqual([
    "✓ hello abc123 serves on vm1: nothing to do in 3.4 s",
  ]);
});

test("what was put right is told with the host", () => {
  const drift = [{ kind: "container-missing" as const, role: "web" }];
  const roles = [{ role: "web", container: "c", from: "abc123", receipt: null }];
  const hosts = [{ host: "vm1", action: "repair" as const, changes: [], drift, roles }];
  expect(resultLines(aResult({ hosts }), plain)).toEqual([
    "✓ hello abc123 serves on vm1 in 3.4 s",
    "  vm1  put right: the container of web is missing",
  ]);
});
