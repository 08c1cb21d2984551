import { expect, test } from "vitest";
import { rowOf } from "./row.ts";
import { tableLines } from "./table.ts";

const deploys = { case: "deploy", metric: "time", unit: "s", samples: [3.2, 9.9, 3.4] } as const;

test("a row holds the median of its samples", () => {
  expect(rowOf(deploys)).toEqual({
    case: "deploy",
    metric: "time",
    unit: "s",
    value: 3.4,
    against: null,
    ratio: null,
    target: null,
    met: null,
  });
});

test("an even number of samples has its median between the two in the middle", () => {
  expect(rowOf({ ...deploys, samples: [1, 2, 3, 10] }).value).toBe(2.5);
});

test("no samples make no row", () => {
  expect(() => rowOf({ ...deploys, samples: [] })).toThrow(RangeError);
});

test("a row is held against something plain", () => {
  const row = rowOf({ ...deploys, against: { name: "docker run", value: 0.34 } });
  expect(row).toMatchObject({ against: "docker run", ratio: 10 });
});

test("a target is met up to the very bound", () => {
  expect(rowOf({ ...deploys, atMost: 3.4 }).met).toBe(true);
  expect(rowOf({ ...deploys, atMost: 3.3 }).met).toBe(false);
});

test("the table says which target was missed", () => {
  const rows = [
    rowOf({ ...deploys, atMost: 3.3, against: { name: "docker run", value: 0.34 } }),
    rowOf({ ...deploys, case: "reset", atMost: 5 }),
  ];
  expect(tableLines(rows)).toEqual([
    "case    metric  value  target           ratio to",
    "deploy  time    3.4 s  ≤ 3.3 s  MISSED  10 × docker run",
    "reset   time    3.4 s  ≤ 5 s    met",
  ]);
});
