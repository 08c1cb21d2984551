import { expect, test } from "vitest";
import { type AppContainer, worthReading } from "./app-containers.ts";

function aContainer(name: string, changes: Partial<AppContainer> = {}): AppContainer {
  return { id: name, name, role: "web", version: "1", release: "r", running: false, ...changes };
}

const names = (containers: AppContainer[], role: string) =>
  worthReading(containers, role).map(({ name }) => name);

test("reads those of the role that run", () => {
  const containers = [
    aContainer("new", { running: true }),
    aContainer("draining", { running: true }),
    aContainer("old"),
    aContainer("job", { role: "jobs", running: true }),
  ];
  expect(names(containers, "web")).toEqual(["new", "draining"]);
});

test("reads the newest where none runs", () => {
  expect(names([aContainer("newest"), aContainer("older")], "web")).toEqual(["newest"]);
});
