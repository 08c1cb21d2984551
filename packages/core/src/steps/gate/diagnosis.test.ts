import type { Evidence } from "@cutover/proxy/protocol";
import { expect, test } from "vitest";
import { diagnose, type GateFacts } from "./diagnosis.ts";

function facts(over: Partial<GateFacts>): GateFacts {
  return {
    container: "shop-web-v2",
    host: "web1",
    appPort: 3000,
    path: "/up",
    deadlineMs: 30_000,
    exit: null,
    evidence: null,
    listeners: null,
    log: [],
    ...over,
  };
}

function saw(evidence: Evidence, over: Partial<GateFacts> = {}) {
  return diagnose(facts({ evidence, ...over }));
}

const target = "0123456789ab:3000";

test("a wrong port is named together with the right one", () => {
  const { cause, hint } = saw(
    { target, kind: "refused" },
    { listeners: [{ port: 8080, loopbackOnly: false }] },
  );
  expect(cause).toContain("it listens on 8080");
  expect(hint).toBe("set proxy.app_port: 8080");
});

test("an app that listens on 127.0.0.1 only is told to listen on all addresses", () => {
  const { cause, hint } = saw(
    { target, kind: "refused" },
    { listeners: [{ port: 3000, loopbackOnly: true }] },
  );
  expect(cause).toContain("127.0.0.1 only");
  expect(hint).toContain("0.0.0.0");
});

test("an app that listens on nothing may need longer", () => {
  const { cause, hint } = saw({ target, kind: "refused" }, { listeners: [] });
  expect(cause).toContain("no port at all after 30 s");
  expect(hint).toContain("deploy_timeout");
});

test("where nothing could be read, nothing is claimed", () => {
  const { cause } = saw({ target, kind: "refused" });
  expect(cause).toBe("nothing in shop-web-v2 on web1 accepts connections on port 3000");
});

test("a redirect to https names the exemption to make", () => {
  const { cause, hint } = saw({ target, kind: "redirect", status: 301, location: "https://shop.test/up" });
  expect(cause).toContain("a redirect to https://shop.test/up");
  expect(hint).toContain("redirect to https");
});

test("401 and 403 say that the check has no login", () => {
  expect(saw({ target, kind: "status", status: 401, body: "" }).hint).toContain("no login");
});

test("404 names the key of the health check's path", () => {
  expect(saw({ target, kind: "status", status: 404, body: "" }).hint).toContain("proxy.healthcheck.path");
});

test("TLS inside is recognised", () => {
  expect(saw({ target, kind: "not-http", tls: true, bytes: "" }).cause).toContain("spoke TLS");
});

test("running out of memory goes before the exit code", () => {
  const { cause } = diagnose(facts({ exit: { code: 137, outOfMemory: true, error: "" } }));
  expect(cause).toContain("ran out of memory");
});

test("an exit by a signal names the signal", () => {
  const { cause } = diagnose(facts({ exit: { code: 139, outOfMemory: false, error: "" } }));
  expect(cause).toContain("SIGSEGV (code 139)");
});

test("a command that is not there is told from one that fails", () => {
  expect(diagnose(facts({ exit: { code: 127, outOfMemory: false, error: "" } })).cause).toContain(
    "not found",
  );
  expect(diagnose(facts({ exit: { code: 1, outOfMemory: false, error: "" } })).cause).toContain(
    "with code 1",
  );
});

test("a redirect to another host is told from one to https", () => {
  const { cause, hint } = saw({ target, kind: "redirect", status: 302, location: "http://shop.test/" });
  expect(cause).toContain("another host: http://shop.test/");
  expect(hint).toContain("its own name");
});

test("a redirect within the app names the key of the health check's path", () => {
  const { hint } = saw({ target, kind: "redirect", status: 302, location: "/login" });
  expect(hint).toContain("proxy.healthcheck.path");
});

test("an app that refuses the health check's Host is told from one that wants a login", () => {
  const body = "<h1>Blocked hosts: 0123456789ab:3000</h1>";
  const { cause, hint } = saw({ target, kind: "status", status: 403, body });
  expect(cause).toContain("Rails refuses the Host of the health check");
  expect(hint).toContain("host_authorization");
});

test("what only the log says of a refused Host counts too", () => {
  const log = ["Invalid HTTP_HOST header: '0123456789ab:3000'."];
  const { cause } = saw({ target, kind: "status", status: 400, body: "Bad Request" }, { log });
  expect(cause).toContain("Django refuses the Host");
});

test("the log of a container that ended says more than its exit code", () => {
  const exit = { code: 1, outOfMemory: false, error: "" };
  const { cause } = diagnose(facts({ exit, log: ["KeyError: 'DATABASE_URL'"] }));
  expect(cause).toContain("DATABASE_URL");
  expect(cause).toContain("with code 1");
});

test("what nobody listens for may be explained by the log", () => {
  const log = ["still waiting: DATABASE_URL is not set"];
  expect(saw({ target, kind: "refused" }, { log, listeners: [] }).cause).toContain("DATABASE_URL");
});

test("an exit with code 0 says that a server has to stay", () => {
  const { hint } = diagnose(facts({ exit: { code: 0, outOfMemory: false, error: "" } }));
  expect(hint).toContain("foreground");
});
