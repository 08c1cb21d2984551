import { expect, test } from "vitest";
import { type LeftHost, nextLeftBehind, type Reaching } from "./left-behind.ts";

const web3: LeftHost = { host: "web3", since: 1, cause: "it did not answer" };

function after(before: LeftHost[], found: Partial<Reaching>): string[] | null {
  const note = nextLeftBehind(before, {
    left: [],
    reached: [],
    appHosts: ["web1", "web2", "web3"],
    at: 9,
    ...found,
  });
  return note === null ? null : note.hosts.map(({ host, since }) => `${host} since ${since}`);
}

test("a host that could not be reached is remembered", () => {
  expect(after([], { left: [{ host: "web2", cause: "it is down" }], reached: ["web1"] })).toEqual([
    "web2 since 9",
  ]);
});

test("one that is down again has been left behind since the first time", () => {
  expect(after([web3], { left: [{ host: "web3", cause: "it is down" }] })).toEqual(["web3 since 1"]);
});

test("one that got the release is forgotten, and so is one that is no host of the app any more", () => {
  expect(after([web3], { reached: ["web3"] })).toEqual([]);
  expect(after([web3], { appHosts: ["web1"] })).toEqual([]);
});

test("one that this deploy was not about stays remembered, and nothing has to be written", () => {
  expect(after([web3], { reached: ["web1"] })).toBeNull();
});

test("where all is well nothing is written", () => {
  expect(after([], { reached: ["web1", "web2", "web3"] })).toBeNull();
});
