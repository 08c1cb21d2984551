import { expect, test } from "vitest";
import { aJournal } from "./builders.fixture.ts";
import { lastMark, parseJournal } from "./entry.ts";

const boot = { mark: "phase", phase: "boot", title: "Boot the new containers" } as const;
const start = { mark: "step", step: "start-container web", title: "start shop-web-v2" } as const;

function written(journal: ReturnType<typeof aJournal>): string {
  return [journal.head, ...journal.marks].map((line) => `${JSON.stringify(line)}\n`).join("");
}

test("survives being written and read", () => {
  const journal = aJournal({}, [boot, start]);
  expect(parseJournal(written(journal))).toEqual(journal);
});

test("is read up to where a crash cut it off", () => {
  expect(parseJournal(written(aJournal({}, [boot, start])).slice(0, -9))?.marks).toEqual([boot]);
});

test.each(["", "{", '{"schemaVersion":2,"run":"x"}'])("%j is none that we could act on", (text) => {
  expect(parseJournal(text)).toBeNull();
});

test("says where a run was last", () => {
  expect(lastMark(aJournal({}, []))).toBeNull();
  expect(lastMark(aJournal({}, [boot]))).toBe("Boot the new containers");
  expect(lastMark(aJournal({}, [boot, start]))).toBe("Boot the new containers: start shop-web-v2");
  expect(lastMark(aJournal({}, [start, boot]))).toBe("Boot the new containers");
});
