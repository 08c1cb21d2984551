import { expect, test } from "vitest";
import { gateStages, inLanes, readSelection } from "./selection.ts";

test("without arguments every stage of the gate runs", () => {
  expect(readSelection([])).toEqual({ stages: [...gateStages], files: [] });
});

test("--only picks stages, which keep their own order", () => {
  expect(readSelection(["--only", "unit,lint"]).stages).toEqual(["lint", "unit"]);
});

test("what is no flag is a test file", () => {
  expect(readSelection(["--only", "integration", "test/lock"])).toEqual({
    stages: ["integration"],
    files: ["test/lock"],
  });
});

test("an unknown stage is refused by name", () => {
  expect(() => readSelection(["--only", "lint,speed"])).toThrow(
    '"speed" is no stage. The stages are lint, types, dead-code, unit, integration, proof.',
  );
});

test("an unknown flag is refused", () => {
  expect(() => readSelection(["--fast"])).toThrow("'--fast'");
});

test("what computes runs beside what waits for machines, each lane in its order", () => {
  expect(inLanes(gateStages)).toEqual({
    quick: ["lint", "types", "dead-code", "unit"],
    onMachines: ["integration"],
  });
});
