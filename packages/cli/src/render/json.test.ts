import { jsonLine as schema } from "@cutover/core/events/json-schema";
import { expect, test } from "vitest";
import { aDeploy } from "./events.fixture.ts";
import { jsonLine } from "./json.ts";

test("every event is one line of JSON that holds all of it", () => {
  for (const event of aDeploy()) {
    const line = jsonLine(event);
    expect(line).not.toContain("\n");
    expect(JSON.parse(line)).toEqual(event);
  }
});

test("every line is as the published schema says, and a field it does not know would be noticed", () => {
  for (const event of aDeploy()) schema.parse(JSON.parse(jsonLine(event)));
  const result = jsonLine({ type: "result", at: 1, command: "deploy", result: { service: "hello" } });
  schema.parse(JSON.parse(result));
  expect(() => schema.parse({ ...JSON.parse(result), more: true })).toThrow();
});
