import { expect, test, vi } from "vitest";
import { Once } from "./once.ts";
import type { Response } from "./protocol.ts";

const done: Response = { id: "q", ok: true, result: {} };
const refused: Response = { id: "q", ok: false, error: { code: "not-healthy", message: "no" } };

test("asked twice, also at the same time, a change is carried out once", async () => {
  const once = new Once();
  const change = vi.fn(async () => done);
  expect(await Promise.all([once.run("q", change), once.run("q", change)])).toEqual([done, done]);
  expect(await once.run("q", change)).toBe(done);
  expect(change).toHaveBeenCalledOnce();
});

test("what was refused may be asked anew", async () => {
  const once = new Once();
  const change = vi.fn(async () => refused);
  await once.run("q", change);
  await once.run("q", change);
  expect(change).toHaveBeenCalledTimes(2);
});
