import type { PlanResult } from "@cutover/core";
import { expect, test } from "vitest";
import { palette } from "./palette.ts";
import { planLines } from "./plan.ts";

const commit = "3f2a1c0d9e8b7a6f5e4d3c2b1a0f9e8d7c6b5a49";

function aPlan(over: Partial<PlanResult> = {}): PlanResult {
  return {
    schemaVersion: 1,
    app: "shop",
    madeAt: 0,
    madeBy: "anna@laptop",
    toolVersion: "0.1.0",
    service: "shop",
    destination: null,
    version: commit,
    release: "r2",
    image: { repository: "registry.test/shop", digest: null, origin: "to-build" },
    changes: true,
    hosts: [],
    phases: [],
    ...over,
  };
}

/** What is for programs. */
const known = { disk: null, clockSkewMs: 0, lockedBy: null } as unknown as PlanResult["hosts"][number];

test("a plan tells host by host why and then what, phase by phase", () => {
  const hosts: PlanResult["hosts"] = [
    {
      ...known,
      host: "web1",
      action: "boot",
      changes: [
        { kind: "version", from: "v1", to: commit },
        { kind: "image", from: `sha256:${"a".repeat(64)}`, to: "not built yet" },
        { kind: "environment", role: "web", added: ["A"], changed: ["B", "C"], removed: [] },
        { kind: "config", role: "web", keys: ["proxy.hosts", "drain_timeout"] },
      ],
      drift: [],
    },
    { ...known, host: "web2", action: "nothing", changes: [], drift: [] },
  ];
  const phases = [{ name: "boot", title: "Boot", lanes: [{ host: "web1", steps: ["create x", "start x"] }] }];
  expect(planLines(aPlan({ hosts, phases }), palette(false))).toEqual([
    "shop 3f2a1c0  registry.test/shop:3f2a1c0, which would be built",
    "web1  boots a release",
    "  because version v1 → 3f2a1c0",
    "  because image aaaaaaaaaaaa → not built yet",
    "  because env of web: B, C changed; A added",
    "  because configuration of web: proxy.hosts, drain_timeout",
    "  Boot: create x; start x",
    "web2  nothing to do",
  ]);
});

test("a host that has drifted, and one that somebody is at work on, are told", () => {
  const hosts: PlanResult["hosts"] = [
    {
      ...known,
      host: "web1",
      action: "repair",
      changes: [],
      drift: [
        { kind: "container-missing", role: "web" },
        { kind: "stray", role: "web", container: "shop-web-v0" },
      ],
    },
    {
      ...known,
      host: "web2",
      action: "nothing",
      changes: [],
      drift: [{ kind: "proxy-options" }],
      lockedBy: "anna@laptop",
    },
  ];
  const image = { repository: "registry.test/shop", digest: "sha256:1", origin: "serving" as const };
  expect(planLines(aPlan({ hosts, image, destination: "staging" }), palette(false))).toEqual([
    "shop (staging) 3f2a1c0  registry.test/shop:3f2a1c0, which serves already: nothing would be built",
    "web1  is put right",
    "  because the container of web is missing",
    "  because shop-web-v0 runs and belongs to no role of the release",
    "web2  left as it is, anna@laptop is at work there",
    "  because the proxy was made with other options than proxy.run has now",
  ]);
});
