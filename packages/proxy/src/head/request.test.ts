import { expect, test } from "vitest";
import { Refusal } from "../http1/refusal.ts";
import type { RequestHead } from "../http1/request-head.ts";
import { RequestReader } from "../http1/request-reader.ts";
import { type RequestOrigin, requestHeadForTarget } from "./request.ts";

const stranger: RequestOrigin = {
  address: "192.0.2.9",
  protocol: "http",
  believed: false,
};
const balancer: RequestOrigin = { ...stranger, believed: true };

function read(lines: string[]): RequestHead {
  const bytes = Buffer.from(
    `GET /a HTTP/1.1\r\nHost: app.example.com\r\n${lines.map((l) => `${l}\r\n`).join("")}\r\n`,
  );
  const head = new RequestReader().read(bytes, 0, bytes.length);
  if (head === null || head instanceof Refusal) throw new Error("not a head");
  return head;
}

/** The fields that the target gets, by name in lower case. */
function fieldsFor(origin: RequestOrigin, ...lines: string[]): Record<string, string> {
  const text = requestHeadForTarget(read(lines), "/a", origin, "app:3000", null);
  const fields = text.split("\r\n").slice(1, -2);
  return Object.fromEntries(
    fields.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
}

test("a stranger's word about where a request came from is replaced by what we see", () => {
  const fields = fieldsFor(
    stranger,
    "X-Forwarded-For: 10.0.0.1",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Host: other",
    "Forwarded: for=10.0.0.1",
    "X-Real-IP: 10.0.0.1",
    "X-Request-Id: mine",
  );
  expect(fields).toMatchObject({
    "x-forwarded-for": "192.0.2.9",
    "x-forwarded-proto": "http",
    "x-forwarded-host": "app.example.com",
  });
  expect(fields).not.toHaveProperty("forwarded");
  expect(fields).not.toHaveProperty("x-real-ip");
  expect(fields["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
});

test("a trusted hop's word is kept and added to", () => {
  const said = ["X-Forwarded-For: 10.0.0.1", "X-Forwarded-Proto: https", "X-Request-Id: theirs"];
  expect(fieldsFor(balancer, ...said)).toMatchObject({
    "x-forwarded-for": "10.0.0.1, 192.0.2.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "app.example.com",
    "x-request-id": "theirs",
  });
});

test("what belongs to one hop is not passed on", () => {
  const hop = [
    "Connection: X-Hop, keep-alive",
    "X-Hop: 1",
    "Keep-Alive: timeout=5",
    "TE: trailers",
    "Proxy-Connection: x",
  ];
  const fields = fieldsFor(stranger, ...hop, "X-Other: 2");
  expect(Object.keys(fields).sort()).toEqual([
    "host",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-other",
    "x-request-id",
  ]);
});

test("Connection can't remove what protects the app", () => {
  const fields = fieldsFor(
    balancer,
    "Connection: X-Forwarded-For, Host, Cookie, Authorization, X-Forwarded-Prefix",
    "X-Forwarded-For: 10.0.0.1",
    "X-Forwarded-Prefix: /x",
    "Cookie: a=b",
    "Authorization: Basic eA==",
  );
  expect(fields).toMatchObject({
    host: "app.example.com",
    cookie: "a=b",
    authorization: "Basic eA==",
    "x-forwarded-for": "10.0.0.1, 192.0.2.9",
    "x-forwarded-prefix": "/x",
  });
});

test("every other field passes as it was sent, byte for byte", () => {
  const lines = ["X-Odd:   spaced  ", "Accept: */*", "x-lower: 1", "X-Latin: \u00e9"];
  const text = requestHeadForTarget(read(lines), "/a", stranger, "app:3000", null);
  for (const line of ["X-Odd:   spaced  ", "Accept: */*", "x-lower: 1"])
    expect(text).toContain(`\r\n${line}\r\n`);
});
