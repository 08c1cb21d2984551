import { afterEach, beforeEach, expect, test } from "vitest";
import { TestProxy } from "../testing/harness.ts";
import { answering, type Origin } from "../testing/origin.ts";

let proxy: TestProxy;
let origins: Origin[];

beforeEach(async () => {
  proxy = await TestProxy.start();
  const names = ["a", "b"];
  origins = await Promise.all(
    names.map((name) => answering(`HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${name}`)),
  );
  await proxy.deploy(
    "r1",
    origins.map(({ target }) => target),
  );
});

afterEach(async () => {
  await proxy.close();
  for (const origin of origins) origin.close();
});

const post = () =>
  proxy.exchange("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi");

test("requests go to all targets of a service", async () => {
  const answers = new Set<string>();
  for (let index = 0; index < 4; index += 1) answers.add((await post()).slice(-1));
  expect([...answers].sort()).toEqual(["a", "b"]);
});

test("a request whose target can't be reached goes to another, also one that must not be sent twice", async () => {
  origins[0]?.close();
  for (let index = 0; index < 4; index += 1) expect(await post()).toMatch(/^HTTP\/1\.1 200 [\s\S]*b$/);
});
