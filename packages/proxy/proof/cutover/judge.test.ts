import { expect, test } from "vitest";
import { judge, type Outcome, type Sent } from "./judge.ts";
import { Timeline } from "./timeline.ts";

/** v1 serves from 0, v2 from its commit, which is asked for at 100 and answered at 110. */
function switched(): Timeline {
  const timeline = new Timeline();
  timeline.open("v1", 0).to = 110;
  timeline.open("v2", 100);
  return timeline;
}

const by = (app: string): Outcome => ({ type: "answered", status: 200, app, whole: true });
const lost: Outcome = { type: "failed", reason: "ECONNRESET" };
const unavailable: Outcome = { type: "answered", status: 503, app: null, whole: true };

function sent(startedAt: number, endedAt: number, outcome: Outcome): Sent {
  return { id: "p1", breaks: false, startedAt, headAt: endedAt, endedAt, outcome };
}

const violation = (timeline: Timeline, request: Sent) => judge(request, timeline).violation;

test("while a switch is asked for, either may answer", () => {
  expect(violation(switched(), sent(105, 106, by("v1")))).toBeNull();
  expect(violation(switched(), sent(105, 106, by("v2")))).toBeNull();
});

test("the new one may not answer before the switch was asked for", () => {
  expect(violation(switched(), sent(90, 99, by("v2")))).toMatch(/v2, which was not to get it/);
});

test("the old one may not get what began after the switch was answered", () => {
  expect(violation(switched(), sent(111, 120, by("v1")))).toMatch(/v1, which was not to get it/);
});

test("the old one may finish what it got before the switch", () => {
  expect(violation(switched(), sent(90, 500, by("v1")))).toBeNull();
});

test("a request that fails is lost when nothing had gone wrong", () => {
  expect(violation(switched(), sent(105, 106, lost))).toBe("lost: ECONNRESET");
  expect(violation(switched(), sent(105, 106, unavailable))).toBe("lost: 503 of the proxy's own");
});

test("an answer that is complete but not what was sent is always a violation", () => {
  const wrong: Outcome = { type: "answered", status: 200, app: "v1", whole: false };
  expect(violation(switched(), sent(1, 2, wrong))).toMatch(/truncated/);
});

test("a killed app excuses the requests that may have been on it, and no others", () => {
  const timeline = switched();
  const [span] = timeline.spans;
  if (span === undefined) throw new Error("v1 serves");
  timeline.faults.push({ kind: "app", span, from: 50 });
  expect(violation(timeline, sent(90, 95, lost))).toBeNull();
  expect(violation(timeline, sent(40, 49, lost))).toMatch(/lost/);
  expect(violation(timeline, sent(111, 120, lost))).toMatch(/lost/);
});

test("a dead proxy excuses what was under way or began meanwhile", () => {
  const timeline = switched();
  timeline.faults.push({ kind: "proxy", from: 200, to: 300 });
  expect(violation(timeline, sent(190, 201, lost))).toBeNull();
  expect(violation(timeline, sent(301, 302, lost))).toMatch(/lost/);
});

test("maintenance may refuse from being asked for until its end is answered, and lets nothing pass in between", () => {
  const timeline = switched();
  timeline.closures.push({ from: 200, surely: 210, until: 290, to: 300 });
  expect(violation(timeline, sent(205, 206, by("v2")))).toBeNull();
  expect(violation(timeline, sent(205, 206, unavailable))).toBeNull();
  expect(violation(timeline, sent(215, 220, by("v2")))).toMatch(/in maintenance/);
  expect(violation(timeline, sent(301, 302, unavailable))).toMatch(/lost/);
});

test("a POST is counted once where it was answered, not at all in maintenance, and at most once where it failed", () => {
  const timeline = switched();
  timeline.closures.push({ from: 200, surely: 210, until: 290, to: 300 });
  expect(judge(sent(1, 2, by("v1")), timeline).counted).toEqual({ atLeast: 1, atMost: 1, app: "v1" });
  expect(judge(sent(220, 221, unavailable), timeline).counted).toEqual({ atLeast: 0, atMost: 0, app: null });
  expect(judge(sent(1, 2, lost), timeline).counted).toEqual({ atLeast: 0, atMost: 1, app: null });
});

test("one that the app was asked to break off may fail, and may not be done twice for it", () => {
  const { violation, counted } = judge({ ...sent(1, 2, lost), breaks: true }, switched());
  expect(violation).toBeNull();
  expect(counted.atMost).toBe(1);
});
