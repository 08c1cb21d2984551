import { expect, test } from "vitest";
import { aHostState, aProxy, aProxyService } from "./builders.fixture.ts";
import { candidateName, knownCandidate, releaseOfCandidate } from "./candidate.ts";

function serving(candidate: string | null) {
  return aHostState({ proxy: aProxy({ services: [aProxyService({ candidate })] }) });
}

test("a release is its own candidate, and with a mark where the proxy may know it", () => {
  expect(candidateName("r2", undefined)).toBe("r2");
  expect(candidateName("r2", "3f2a")).toBe("r2.3f2a");
});

test("an old container is told to the proxy by the name it serves under", () => {
  expect(knownCandidate(serving("r1.3f2a"), "shop-web", "r1")).toBe("r1.3f2a");
  expect(knownCandidate(serving("r2"), "shop-web", "r1")).toBe("r1");
  expect(knownCandidate(serving(null), "shop-web", "r1")).toBe("r1");
  expect(releaseOfCandidate("r1.3f2a")).toBe("r1");
});
