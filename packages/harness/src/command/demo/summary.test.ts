import { expect, test } from "vitest";
import { reportOf } from "../../traffic/report.ts";
import { type StageName, type StageResult, stageNames } from "./event.ts";
import { summarise } from "./summary.ts";

const held = { text: "it holds", held: true };
const broken = { text: "it holds", held: false };
const aStage = (name: StageName, with_: Partial<StageResult> = {}): StageResult => ({
  name,
  title: name,
  ms: 12.4,
  checks: [held],
  traffic: null,
  ...with_,
});
const allStages = () => stageNames.map((name) => aStage(name));
const seen = { before: 502, after: 200, brokenExit: 60, latenciesMs: [1.23, 2.34] };
const answers = (count: number) =>
  reportOf(
    Array.from({ length: count }, () => ({
      sentMs: 0,
      tookMs: 1,
      delayMs: 0,
      status: 200,
      version: "1",
      failure: null,
    })),
    0,
  );

test("the summary has the shape that scripts rely on", () => {
  expect(JSON.stringify(summarise(allStages(), seen))).toBe(
    '{"type":"summary","ok":true,"before":502,"after":200,"requests":0,"failed":0,"brokenExit":60,' +
      '"p50Ms":1.2,"p99Ms":2.3,"maxMs":2.3,"stages":[' +
      stageNames.map((name) => `{"name":"${name}","ms":12}`).join(",") +
      "]}",
  );
});

test("requests are summed over the stages", () => {
  const stages = [aStage("cutover", { traffic: answers(3) }), aStage("rollback", { traffic: answers(4) })];
  expect(summarise(stages, seen)).toMatchObject({ requests: 7, failed: 0 });
});

test("one broken promise makes the whole demo fail", () => {
  const stages = allStages();
  stages[2] = aStage("setup", { checks: [held, broken] });
  expect(summarise(stages, seen).ok).toBe(false);
});

test("a stage that was not reached makes it fail", () => {
  expect(summarise(allStages().slice(0, 5), seen).ok).toBe(false);
});

test("a stage that promised nothing makes it fail", () => {
  const stages = allStages();
  stages[1] = aStage("before", { checks: [] });
  expect(summarise(stages, seen).ok).toBe(false);
});

test("without answers there is no latency to tell", () => {
  expect(summarise([], { ...seen, latenciesMs: [] })).toMatchObject({
    p50Ms: null,
    p99Ms: null,
    maxMs: null,
  });
});
