import { expect, test } from "vitest";
import { RouteTable } from "./table.ts";

const at = (hosts: string[], pathPrefixes = ["/"]) => ({ hosts, pathPrefixes });

test("a host leads to the service that claims it, whatever port it was asked on", () => {
  const table = RouteTable.of([["shop", at(["shop.example.com"])]]);
  expect(table.find("shop.example.com:8080", "/")?.to).toBe("shop");
  expect(table.find("other.example.com", "/")).toBeNull();
});

test("a final dot of the host makes no difference", () => {
  const table = RouteTable.of([["shop", at(["shop.example.com"])]]);
  expect(table.find("shop.example.com.:80", "/")?.to).toBe("shop");
});

test("an exact host comes before a wildcard, and a wildcard before the default", () => {
  const table = RouteTable.of([
    ["default", at([])],
    ["wild", at(["*.example.com"])],
    ["exact", at(["a.example.com"])],
  ]);
  expect(table.find("a.example.com", "/")?.to).toBe("exact");
  expect(table.find("b.example.com", "/")?.to).toBe("wild");
  expect(table.find("example.com", "/")?.to).toBe("default");
  expect(table.find("", "/")?.to).toBe("default");
});

test("a wildcard stands for one label only", () => {
  const table = RouteTable.of([["wild", at(["*.example.com"])]]);
  expect(table.find("a.b.example.com", "/")).toBeNull();
});

test("the longest prefix wins", () => {
  const table = RouteTable.of([
    ["site", at(["example.com"], ["/"])],
    ["api", at(["example.com"], ["/api"])],
    ["v2", at(["example.com"], ["/api/v2"])],
  ]);
  expect(table.find("example.com", "/api/v2/users")?.to).toBe("v2");
  expect(table.find("example.com", "/api/v1")?.to).toBe("api");
  expect(table.find("example.com", "/about")?.to).toBe("site");
});

test("a prefix matches on segment borders only", () => {
  const table = RouteTable.of([["api", at([], ["/api"])]]);
  expect(table.find("x", "/api")?.to).toBe("api");
  expect(table.find("x", "/api?q=1")?.to).toBe("api");
  expect(table.find("x", "/apis")).toBeNull();
});

test("a host whose prefixes don't match falls through to the default", () => {
  const table = RouteTable.of([
    ["default", at([])],
    ["api", at(["example.com"], ["/api"])],
  ]);
  expect(table.find("example.com", "/about")?.to).toBe("default");
});

test("an IPv6 address is a host like any other", () => {
  const table = RouteTable.of([["six", at(["[2001:db8::1]"])]]);
  expect(table.find("[2001:db8::1]:8080", "/")?.to).toBe("six");
  expect(table.find("[2001:db8::1]", "/")?.to).toBe("six");
});

test("a claim of what another has conflicts, and names the owner", () => {
  const table = RouteTable.of([["shop", at(["shop.example.com"], ["/", "/api"])]]);
  expect(table.conflictWith("blog", at(["blog.example.com", "shop.example.com"], ["/api"]))).toEqual({
    host: "shop.example.com",
    prefix: "/api",
    owner: "shop",
  });
  expect(table.conflictWith("shop", at(["shop.example.com"]))).toBeNull();
  expect(table.conflictWith("blog", at(["shop.example.com"], ["/blog"]))).toBeNull();
});
