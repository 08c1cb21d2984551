import { expect, test } from "vitest";
import { mergeByTime } from "./merge-by-time.ts";

async function* source(...times: string[]) {
  for (const at of times) yield { at };
}

async function merged(...sources: AsyncGenerator<{ at: string }>[]): Promise<string> {
  const all: string[] = [];
  for await (const { at } of mergeByTime(sources)) all.push(at);
  return all.join("");
}

test("puts what is in order on each side in order altogether", async () => {
  expect(await merged(source("b", "d", "e"), source("a", "c", "f"))).toBe("abcdef");
});

test("keeps the order of the sources where times are the same", async () => {
  const first = source("a", "b");
  const taken: unknown[] = [];
  for await (const item of mergeByTime([first, source("a")])) taken.push(item.at);
  expect(taken).toEqual(["a", "a", "b"]);
});

test("passes over empty sources, and is empty without any", async () => {
  expect(await merged(source(), source("a"))).toBe("a");
  expect(await merged()).toBe("");
});

test("ends its sources when nobody reads on", async () => {
  let ended = false;
  async function* endless() {
    try {
      for (;;) yield { at: "a" };
    } finally {
      ended = true;
    }
  }
  for await (const _ of mergeByTime([endless()])) break;
  expect(ended).toBe(true);
});
