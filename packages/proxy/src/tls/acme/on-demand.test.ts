import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { FakeClock } from "../../testing/fake-clock.ts";
import { OnDemand } from "./on-demand.ts";

let app: Server;
let url: string;
let asked: string[];
let answer: { status: number; location?: string };
let clock: FakeClock;
let onDemand: OnDemand;

beforeAll(async () => {
  app = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (answer.location !== undefined) response.setHeader("location", answer.location);
    response.writeHead(answer.status).end();
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/may-serve?key=1`;
});
afterAll(() => app.close().closeAllConnections());

beforeEach(() => {
  asked = [];
  answer = { status: 200 };
  clock = new FakeClock();
  onDemand = new OnDemand(clock);
});

test("asks the app for the host, keeping what its URL has already", async () => {
  expect(await onDemand.allows(url, "a.example")).toBe(true);
  expect(asked).toEqual(["/may-serve?key=1&host=a.example"]);
});

test.each([404, 500, 204])("takes %d for a no", async (status) => {
  answer = { status };
  expect(await onDemand.allows(url, "a.example")).toBe(false);
});

test("does not follow a redirect, and takes it for a no", async () => {
  answer = { status: 302, location: "/yes" };
  expect(await onDemand.allows(url, "a.example")).toBe(false);
  expect(asked).toHaveLength(1);
});

test("takes an app that can't be reached for a no", async () => {
  expect(await onDemand.allows("http://127.0.0.1:1/may-serve", "a.example")).toBe(false);
});

test("remembers a no for five minutes", async () => {
  answer = { status: 404 };
  await onDemand.allows(url, "a.example");
  answer = { status: 200 };
  expect(await onDemand.allows(url, "a.example")).toBe(false);
  expect(await onDemand.allows(url, "b.example")).toBe(true);
  await clock.pass(300_000);
  expect(await onDemand.allows(url, "a.example")).toBe(true);
});

test("asks once for the handshakes that come together", async () => {
  const answers = await Promise.all([1, 2, 3].map(() => onDemand.allows(url, "a.example")));
  expect(answers).toEqual([true, true, true]);
  expect(asked).toHaveLength(1);
});

test("a flood of names costs the app no more than sixteen questions at once", async () => {
  const names = Array.from({ length: 100 }, (_, i) => `${i}.example`);
  const answers = await Promise.all(names.map((name) => onDemand.allows(url, name)));
  expect(answers.filter(Boolean)).toHaveLength(16);
  expect(asked).toHaveLength(16);
});
