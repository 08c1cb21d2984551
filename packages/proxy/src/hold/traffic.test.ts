import { expect, test } from "vitest";
import { openTraffic, type Traffic, type TrafficEvent, trafficAfter } from "./traffic.ts";

const pause: TrafficEvent = { type: "pause", timeoutMs: 1_000, maxRequests: 10 };
const paused: Traffic = { mode: "paused", timeoutMs: 1_000, maxRequests: 10 };
const stop: TrafficEvent = { type: "stop", message: "back soon" };
const stopped: Traffic = { mode: "stopped", message: "back soon" };

test.each<[Traffic, TrafficEvent, Traffic | null]>([
  [openTraffic, pause, paused],
  [openTraffic, stop, stopped],
  [openTraffic, { type: "resume" }, openTraffic],
  [openTraffic, { type: "start" }, openTraffic],
  [paused, { ...pause, timeoutMs: 5 }, { ...paused, timeoutMs: 5 }],
  [paused, stop, stopped],
  [paused, { type: "resume" }, openTraffic],
  [paused, { type: "start" }, null],
  [stopped, pause, null],
  [stopped, { type: "stop", message: null }, { mode: "stopped", message: null }],
  [stopped, { type: "resume" }, null],
  [stopped, { type: "start" }, openTraffic],
])("from %j, %j leads to %j", (traffic, event, after) => {
  expect(trafficAfter(traffic, event)).toEqual(after);
});
