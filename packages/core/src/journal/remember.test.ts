import { expect, test } from "vitest";
import { aHostServing, createV2, switchToV2 } from "./builders.fixture.ts";
import { remembered } from "./remember.ts";

const onWeb1 = [createV2, switchToV2].map((step) => ({ host: "web1", step }));
const seen = { host: "web1", service: "shop-web", switch: "s9" };

test("a container of the release is one that the run made", () => {
  const memory = remembered(onWeb1, [aHostServing("web1", "r2")], []);
  expect(memory.container("web1", "shop-web-v2")).toBe("r2container");
});

test("a container of another release with its name is not", () => {
  const state = aHostServing("web1", "r1");
  state.containers = state.containers.map((container) => ({ ...container, name: "shop-web-v2" }));
  expect(remembered(onWeb1, [state], []).container("web1", "shop-web-v2")).toBeNull();
});

test("a switch is one that the run made where its candidate serves", () => {
  const states = [aHostServing("web1", "r2")];
  expect(
    remembered(onWeb1, states, [{ ...seen, candidate: "r2" }]).switchOf("web1", "shop-web")?.switch,
  ).toBe("s9");
  expect(remembered(onWeb1, states, [{ ...seen, candidate: "r1" }]).switchOf("web1", "shop-web")).toBeNull();
});
