import { expect, test } from "vitest";
import { Roster } from "./roster.ts";

const member = (name: string) => ({ name, place: -1 });
const names = (roster: Roster<ReturnType<typeof member>>) =>
  roster
    .all()
    .map(({ name }) => name)
    .sort();

test("members come and go in any order", () => {
  const roster = new Roster<ReturnType<typeof member>>();
  const [a, b, c] = [member("a"), member("b"), member("c")];
  for (const each of [a, b, c]) roster.add(each);
  expect(roster.remove(a)).toBe(true);
  expect(names(roster)).toEqual(["b", "c"]);
  expect(roster.remove(a)).toBe(false);
  roster.add(a);
  roster.add(a);
  expect(names(roster)).toEqual(["a", "b", "c"]);
  expect([b, c, a].map((each) => roster.remove(each))).toEqual([true, true, true]);
  expect(roster.size).toBe(0);
});

test("a member of one is none of another", () => {
  const [one, other] = [new Roster<ReturnType<typeof member>>(), new Roster<ReturnType<typeof member>>()];
  const a = member("a");
  one.add(a);
  expect(other.remove(a)).toBe(false);
  expect(one.size).toBe(1);
});
