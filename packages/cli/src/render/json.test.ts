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
