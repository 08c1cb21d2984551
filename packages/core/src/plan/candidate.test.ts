import { expect, test } from "vitest";
import { aHostState, aProxy, aProxyService } from "./builders.fixture.ts";
import { candidateFor, knownCandidate, releaseOfCandidate } from "./candidate.ts";

function serving(candidate: string | null) {
  return aHostState({ proxy: aProxy({ services: [aProxyService({ candidate })] }) });
}

test("a release is its own candidate where the proxy serves another, or nothing", () => {
  expect(candidateFor(serving("r1"), "shop-web", "r2")).toBe("r2");
  expect(candidateFor(serving(null), "shop-web", "r2")).toBe("r2");
  expect(candidateFor(aHostState(), "shop-web", "r2")).toBe("r2");
});

test("a release that the proxy serves already gets a number, and the next one after that", () => {
  expect(candidateFor(serving("r2"), "shop-web", "r2")).toBe("r2+1");
  expect(candidateFor(serving("r2+1"), "shop-web", "r2")).toBe("r2+2");
});

test("an old container is told to the proxy by the name it serves under", () => {
  expect(knownCandidate(serving("r1+1"), "shop-web", "r1")).toBe("r1+1");
  expect(knownCandidate(serving("r2"), "shop-web", "r1")).toBe("r1");
  expect(releaseOfCandidate("r1+1")).toBe("r1");
});
