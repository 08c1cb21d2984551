import { describe, expect, test } from "vitest";
import { aHost, anError, aStory, aTold } from "./builders.fixture.ts";
import { judge } from "./judge.ts";

const failedOn = (vm: "vm1" | "vm2" | null) => ({ at: 0, status: 502, vm, request: "GET / HTTP/1.1" });
const aFailure = {
  kind: "status",
  sentMs: 0,
  tookMs: 1,
  request: "GET /",
  reused: false,
  detail: "status 502",
} as const;

test("a deploy that went well has no problem", () => {
  expect(judge(aStory(), aTold())).toEqual([]);
});

test("a moment that never came proves nothing", () => {
  expect(judge(aStory(), aTold({ struck: false }))).toEqual([
    "the moment at which it was to strike never came",
  ]);
});

describe("how it ended", () => {
  test("another exit code than expected is told with its cause", () => {
    const ended = { exitCode: 31, events: [anError("not-switched", "no registry")], output: "" };
    expect(judge(aStory({ serves: "new" }), aTold({ ended }))).toEqual(["exit 31 instead of 0: no registry"]);
  });

  test("words that are missing are told", () => {
    expect(judge(aStory({ says: [/vm2/] }), aTold())).toEqual(["it does not say /vm2/"]);
  });

  test("a defect is a problem even where any end would do", () => {
    const ended = { exitCode: 80, events: [anError("switched", "oops")], output: "" };
    expect(judge(aStory({ exits: [80] }), aTold({ ended }))).toEqual(["it calls itself a defect: oops"]);
  });
});

describe("what serves", () => {
  const served = (vm1: string, vm2: string) => ({ vm1: aHost(vm1), vm2: aHost(vm2) });
  const ends = (state: string, details: string[] = []) => ({
    exitCode: 61,
    events: [anError(state, "it broke", details)],
    output: "",
  });
  const told = aStory({ exits: [0, 61, 137], serves: "as told" });

  test("each host is held against what is expected", () => {
    expect(judge(aStory(), aTold({ after: served("2", "1") }))).toEqual(["vm2 serves 1 instead of 2"]);
  });

  test("what an error says is what has to be so", () => {
    expect(judge(told, aTold({ ended: ends("reverted"), after: served("1", "1") }))).toEqual([]);
    expect(judge(told, aTold({ ended: ends("reverted"), after: served("1", "2") }))).toEqual([
      "vm2 serves 2 instead of 1",
    ]);
    expect(judge(told, aTold({ ended: ends("switched"), after: served("2", "1") }))).toEqual([
      "vm2 serves 1 instead of 2",
    ]);
  });

  test("a split has to name hosts", () => {
    const after = served("2", "1");
    expect(judge(told, aTold({ ended: ends("split"), after }))).toEqual([
      "it says that hosts serve different releases and names none",
    ]);
    expect(judge(told, aTold({ ended: ends("split", ["vm2: still on 1"]), after }))).toEqual([]);
  });

  test("a host that serves neither is a problem, also after a kill", () => {
    const ended = { exitCode: 137, events: [], output: "" };
    expect(judge(told, aTold({ ended, after: served("1", "2") }))).toEqual([]);
    expect(judge(told, aTold({ ended, after: served("1", "status 502") }))).toEqual([
      "vm2 serves status 502 instead of 1 or 2",
    ]);
  });
});

describe("failed requests", () => {
  const traffic = (vm: "vm1" | "vm2" | null) => ({
    requests: 500,
    failures: [aFailure],
    atLoadBalancer: [failedOn(vm)],
  });

  test("are allowed on the host that is broken, and on no other", () => {
    const story = aStory({ failuresFrom: "vm2" });
    expect(judge(story, aTold({ traffic: traffic("vm2") }))).toEqual([]);
    expect(judge(story, aTold({ traffic: traffic("vm1") }))).toEqual([
      "1 requests failed on vm1 with status 502",
    ]);
  });

  test("are allowed nowhere where no host is broken", () => {
    expect(judge(aStory(), aTold({ traffic: traffic(null) }))).toEqual([
      "1 requests failed on no host with status 502",
    ]);
  });

  test("that the load balancer knows nothing of are never allowed", () => {
    const unseen = { requests: 500, failures: [aFailure], atLoadBalancer: [] };
    expect(judge(aStory({ failuresFrom: "vm2" }), aTold({ traffic: unseen }))).toEqual([
      "1 requests failed that no host explains, among 1 × 0.00 s GET / (new connection): status, status 502, after 1 ms",
    ]);
  });
});

describe("what is left", () => {
  const held = { vm1: aHost("2"), vm2: aHost("2", { lock: "held" as const }) };

  test("a lock that nobody holds is a problem, unless nobody could free it", () => {
    expect(judge(aStory(), aTold({ after: held }))).toEqual(["the lock on vm2 is held by nobody"]);
    expect(judge(aStory({ lockStays: true }), aTold({ after: held }))).toEqual([]);
  });

  test("the next deploy has to work and to clear up", () => {
    const next = { exitCode: 60, events: [anError("not-switched", "no")], output: "", waitedForLock: false };
    expect(judge(aStory(), aTold({ next }))).toEqual(["the next deploy ends with 60: no (after 0)"]);
    const end = { vm1: aHost("3"), vm2: aHost("2", { unfinished: ["releases/b/.x"] }) };
    expect(judge(aStory(), aTold({ end }))).toEqual([
      "after the next deploy vm2 serves 2",
      "vm2: releases/b/.x was never finished",
    ]);
  });

  test("what the story found itself is told too", () => {
    expect(judge(aStory(), aTold({ also: ["the password is shown"] }))).toEqual(["the password is shown"]);
  });
});
