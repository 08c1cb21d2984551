import { expect, test } from "vitest";
import { aHostState, aProxy } from "../plan/builders.fixture.ts";
import { aHostServing, aJournal, createV2, noteV2, startV2, switchToV2 } from "./builders.fixture.ts";
import { decideLeftovers, finishingSteps, undoableSteps } from "./decide.ts";
import type { Journal } from "./entry.ts";

const onBoth = (journal: Journal) =>
  new Map([
    ["web1", [journal]],
    ["web2", [journal]],
  ]);

function verdict(
  states: Parameters<typeof decideLeftovers>[0],
  journals: Parameters<typeof decideLeftovers>[1] = onBoth(aJournal()),
) {
  return decideLeftovers(states, journals)[0]?.verdict;
}

test("nothing is left where there is no journal", () => {
  expect(decideLeftovers([aHostServing("web1", "r1")], new Map([["web1", []]]))).toEqual([]);
});

test("a run that died before its switch is taken back", () => {
  expect(verdict([aHostServing("web1", "r1"), aHostServing("web2", "r1")])).toBe("undo");
});

test("a run that died in the middle of its switch is taken back", () => {
  expect(verdict([aHostServing("web1", "r2"), aHostServing("web2", "r1")])).toBe("undo");
});

test("a run that died after its switch is finished", () => {
  expect(verdict([aHostServing("web1", "r2"), aHostServing("web2", "r2")])).toBe("finish");
});

test("a host that was out of reach is taken back where the others were, though it serves the release", () => {
  const onlySecond = new Map([["web2", [aJournal()]]]);
  const states = [aHostServing("web1", "r1"), aHostServing("web2", "r2")];
  expect(verdict(states, onlySecond)).toBe("undo");
  expect(decideLeftovers(states, onlySecond)[0]?.hosts.map(({ host }) => host)).toEqual(["web2"]);
});

test("where the proxy has lost its state the note of what serves decides", () => {
  const forgetful = aHostServing("web1", "r2", { proxy: aProxy({ services: [] }) });
  expect(verdict([forgetful, aHostServing("web2", "r2")])).toBe("undo");
});

test("a first deploy that died before its switch is taken back", () => {
  const first = aHostState({ host: "web1", proxy: aProxy({ services: [] }) });
  expect(verdict([first], new Map([["web1", [aJournal({ hosts: ["web1"] })]]]))).toBe("undo");
});

test("a run without switches is finished once it has begun what cannot be taken back", () => {
  const { phases } = aJournal().head;
  const workers = { hosts: ["web1"], phases: phases.filter(({ name }) => name !== "switch") };
  const journals = (...marks: Journal["marks"]) => new Map([["web1", [aJournal(workers, marks)]]]);
  const state = aHostState({ host: "web1" });
  expect(verdict([state], journals())).toBe("undo");
  expect(verdict([state], journals({ mark: "phase", phase: "retire", title: "" }))).toBe("finish");
});

test("the latest run comes first, since it began on what the one before had left", () => {
  const journals = new Map([["web1", [aJournal(), aJournal({ run: "r3-bb", startedAt: 200 })]]]);
  const runs = decideLeftovers([aHostServing("web1", "r1")], journals).map(({ head }) => head.run);
  expect(runs).toEqual(["r3-bb", "r2-aa"]);
});

test("a run is finished without its pruning, which the next one does", () => {
  expect(finishingSteps(aJournal())).toEqual([noteV2]);
});

test("what has the new container's name and is another's is not stopped", () => {
  const taken = aHostServing("web1", "r1");
  taken.containers = taken.containers.map((container) => ({ ...container, name: "shop-web-v2" }));
  expect(undoableSteps(aJournal(), taken)).toEqual([createV2, switchToV2]);
});

test("the new container is stopped where it is there", () => {
  expect(undoableSteps(aJournal(), aHostServing("web1", "r2"))).toEqual([createV2, startV2, switchToV2]);
});

test("nothing is taken away while a proxy that may serve it cannot be asked", () => {
  const silent = aHostServing("web1", "r2", { proxy: aProxy({ services: null }) });
  const inSwitch = aJournal({}, [{ mark: "phase", phase: "switch", title: "Switch" }]);
  expect(undoableSteps(inSwitch, silent)).toBeNull();
  expect(undoableSteps(aJournal(), silent)).not.toBeNull();
});
