import { PassThrough, Readable } from "node:stream";
import { expect, test } from "vitest";
import { untilAborted } from "./until-aborted.ts";

async function read(stream: Readable): Promise<string> {
  let all = "";
  for await (const piece of stream) all += piece;
  return all;
}

test("passes on everything to the end", async () => {
  const signal = new AbortController().signal;
  expect(await read(untilAborted(Readable.from(["a", "b"]), signal))).toBe("ab");
});

test("stops when it is told to, although the stream never ends", async () => {
  const controller = new AbortController();
  const silent = new PassThrough();
  const reading = read(untilAborted(silent, controller.signal));
  controller.abort();
  await expect(reading).rejects.toThrow("aborted");
  expect(silent.destroyed).toBe(true);
});

test("gives nothing where it was told to stop before", async () => {
  const stream = untilAborted(Readable.from(["a"]), AbortSignal.abort());
  await new Promise(setImmediate);
  await expect(read(stream)).rejects.toThrow("aborted");
});

test("passes on what goes wrong", async () => {
  const broken = new PassThrough();
  const reading = read(untilAborted(broken, new AbortController().signal));
  broken.destroy(new Error("hung up"));
  await expect(reading).rejects.toThrow("hung up");
});
