import { expect, test } from "vitest";
import { aContainer, anActive, aProxy, aProxyService, aServingState } from "./builders.fixture.ts";
import { movedSince, seenOf } from "./seen.ts";

const state = aServingState({ proxy: aProxy({ options: "o1", services: [aProxyService()] }) });
const seen = seenOf(state, ["shop-web"]);

test("what a plan is made from is what is the app's", () => {
  const others = aProxy({
    options: "o1",
    services: [aProxyService(), aProxyService({ service: "blog-web" })],
  });
  expect(seenOf({ ...state, proxy: others, takenNames: ["blog"] }, ["shop-web"])).toEqual(seen);
  expect(seen).toEqual({
    active: "r1",
    containers: { "shop-web-v1": "running" },
    network: true,
    proxy: "running 0.1.0 o1",
    routes: { "shop-web": "r1" },
  });
});

test("a host that is as it was has not moved", () => {
  expect(movedSince(seen, seenOf(state, ["shop-web"]))).toEqual([]);
});

test("what has moved is told, from what to what", () => {
  const now = aServingState({
    network: false,
    active: anActive({ release: "r2" }),
    containers: [aContainer({ state: "exited" }), aContainer({ name: "shop-web-v2" })],
    proxy: aProxy({ container: "missing", version: null, services: null }),
  });
  expect(movedSince(seen, seenOf(now, ["shop-web"]))).toEqual([
    "the release that serves was r1 and is r2",
    "shop-web-v1 was running and is stopped",
    "shop-web-v2 was missing and is running",
    "the network was there and is missing",
    "the proxy was running 0.1.0 o1 and is missing",
    "the route of shop-web was r1 and is missing",
  ]);
});
