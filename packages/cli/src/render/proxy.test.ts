import type { ProxyHostDetails } from "@cutover/core";
import { expect, test } from "vitest";
import { palette } from "./palette.ts";
import { proxyBootLines, proxyDetailsLines } from "./proxy.ts";

const plain = palette(false);
const host: ProxyHostDetails = {
  host: "web1",
  error: null,
  container: "running",
  version: "0.1.0",
  services: [
    { service: "shop-web", candidate: "r1", targets: ["c1:3000"], traffic: "open" },
    { service: "blog-web", candidate: "r9", targets: ["c9:80"], traffic: "stopped" },
    { service: "new", candidate: null, targets: [], traffic: "open" },
  ],
};

test("a proxy's services are listed with what serves them, and what holds them up", () => {
  expect(proxyDetailsLines({ hosts: [host] }, plain)).toEqual([
    "web1  proxy 0.1.0 running",
    "  shop-web  r1  c1:3000",
    "  blog-web  r9  c9:80  stopped",
    "  new       nothing serves",
  ]);
});

test.each<[Partial<ProxyHostDetails>, string]>([
  [{ error: "it cannot be reached" }, "web1  it cannot be reached"],
  [{ container: "missing", version: null, services: null }, "web1  no proxy"],
  [{ services: null }, "web1  proxy 0.1.0 running  it does not answer"],
])("a host with %j is told in a line", (over, line) => {
  expect(proxyDetailsLines({ hosts: [{ ...host, ...over }] }, plain)).toEqual([line]);
});

test("of each host it is told which version serves, and whether that is new", () => {
  const hosts = [
    { host: "web1", version: "0.2.0", changed: true },
    { host: "web2", version: "0.2.0", changed: false },
  ];
  expect(proxyBootLines({ hosts }, plain)).toEqual([
    "web1  proxy 0.2.0 serves",
    "web2  proxy 0.2.0 serves already",
  ]);
});
