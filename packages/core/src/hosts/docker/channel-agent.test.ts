import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ChannelAgent } from "./channel-agent.ts";

test("spelling a request's options out does not walk through the connection behind its agent", () => {
  const behind = { secretiveConnection: true };
  const agent = Object.assign(new ChannelAgent(async () => Promise.reject(new Error("unused")), 1), {
    behind,
  });
  const told = inspect({ agent }, { showHidden: true, depth: null });
  expect(told).toContain("ChannelAgent");
  expect(told).not.toContain("secretiveConnection");
});
