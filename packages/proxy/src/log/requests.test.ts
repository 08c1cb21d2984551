import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import { FakeClock } from "../testing/fake-clock.ts";
import { RequestLog, type RequestRecord } from "./requests.ts";

const record: RequestRecord = {
  service: "app",
  release: "r1",
  target: "app:3000",
  client: "192.0.2.1",
  method: "GET",
  host: "a",
  path: "/x",
  status: 200,
  ms: 3,
  outcome: "answered",
};

test("each request is one line of JSON, written together with others", async () => {
  const clock = new FakeClock();
  const output = new PassThrough();
  const log = new RequestLog(output, 1, { clock, random: () => 0.5 });
  log.note(record);
  log.note({ ...record, path: "/y" });
  expect(output.read()).toBeNull();
  await clock.pass(200);
  const lines = String(output.read()).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: "request", path: "/x", status: 200 },
    { event: "request", path: "/y" },
  ]);
});

test("a share of them is written where a share is asked for", async () => {
  const clock = new FakeClock();
  const output = new PassThrough();
  const draws = [0.05, 0.5, 0.09];
  const log = new RequestLog(output, 0.1, { clock, random: () => draws.shift() ?? 1 });
  for (const path of ["/1", "/2", "/3"]) if (log.samples()) log.note({ ...record, path });
  await clock.pass(200);
  expect(String(output.read()).match(/\/\d/g)).toEqual(["/1", "/3"]);
});

test("while nobody reads them lines are dropped, and how many is said", async () => {
  const clock = new FakeClock();
  const written: string[] = [];
  let read = () => {};
  const output = new Writable({
    highWaterMark: 1,
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      written.push(String(chunk));
      read = done;
    },
  });
  const log = new RequestLog(output, 1, { clock, random: () => 0 });
  log.note(record);
  await clock.pass(200);
  log.note(record);
  log.note(record);
  read();
  await clock.pass(0);
  log.note(record);
  await clock.pass(200);
  expect(written[1]).toMatch(/"requests\.dropped","count":2/);
});

test("nothing is sampled, and no luck is needed for it, where the share is 0", () => {
  const log = new RequestLog(new PassThrough(), 0, { clock: new FakeClock(), random: () => 0 });
  expect(log.samples()).toBe(false);
});
