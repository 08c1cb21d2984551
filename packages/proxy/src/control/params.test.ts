import { expect, test } from "vitest";
import { readCommit, readPreparation, readReceiptQuery } from "./params.ts";
import { ControlRefusal } from "./refusal.ts";

const whole = {
  service: "app-web",
  candidate: "r1",
  targets: ["app-web-1:3000"],
  options: { hosts: ["App.example.com"] },
  health: {},
  deadlineMs: 30_000,
  expiresMs: 60_000,
};

const refusalOf = (read: () => unknown): ControlRefusal => {
  try {
    read();
  } catch (error) {
    if (error instanceof ControlRefusal) return error;
  }
  throw new Error("nothing was refused");
};

test("what is left out gets its default", () => {
  expect(readPreparation(whole)).toMatchObject({
    options: {
      hosts: ["app.example.com"],
      pathPrefixes: ["/"],
      stripPathPrefix: true,
      responseTimeoutMs: 30_000,
      forwardHeaders: true,
      trustedProxies: null,
    },
    health: { path: "/up", port: null, host: null, timeoutMs: 5_000, intervalMs: 1_000 },
  });
});

test.each([
  ["service", { service: "" }],
  ["service", { service: "a b" }],
  ["candidate", { candidate: 7 }],
  ["targets", { targets: "app:3000" }],
  ["targets", { targets: [] }],
  ["targets[0]", { targets: ["app"] }],
  ["targets[1]", { targets: ["app:1", "app:1"] }],
  ["deadlineMs", { deadlineMs: 0 }],
  ["deadlineMs", { deadlineMs: 1.5 }],
  ["expiresMs", { expiresMs: 1e12 }],
  ["options.hosts[1]", { options: { hosts: ["a.com", "http://b.com"] } }],
  ["options.pathPrefixes[0]", { options: { pathPrefixes: ["api"] } }],
  ["options.pathPrefixes", { options: { pathPrefixes: [] } }],
  ["options.stripPathPrefix", { options: { stripPathPrefix: "yes" } }],
  ["options.trustedProxies[0]", { options: { trustedProxies: ["10.0.0.0/33"] } }],
  ["options.host", { options: { host: "a.com" } }],
  ["health.path", { health: { path: "up" } }],
  ["health.path", { health: { path: "/up\r\nX: 1" } }],
  ["health.host", { health: { host: "a b" } }],
  ["health.port", { health: { port: 70_000 } }],
  ["health.statuses[0].to", { health: { statuses: [{ from: 300, to: 200 }] } }],
  ["health", { health: [] }],
  ["extra", { extra: 1 }],
])("%s is named when it is wrong: %j", (field, change) => {
  const refusal = refusalOf(() => readPreparation({ ...whole, ...change }));
  expect(refusal).toMatchObject({ code: "bad-request", field });
});

test("parameters that are no object are refused", () =>
  expect(refusalOf(() => readCommit("app")).field).toBe("params"));

test("a choice is refused with what it may be", () =>
  expect(refusalOf(() => readReceiptQuery({ service: "a", switch: "s1", wait: "long" })).message).toBe(
    "wait must be one of now, drained",
  ));
