import { Fields } from "../control/fields.ts";
import { readHealth, readOptions } from "../control/params.ts";
import type { FailureCounts, Receipt } from "../control/protocol.ts";
import type { Release } from "../control/settings.ts";
import { openTraffic, type Traffic } from "../hold/traffic.ts";
import type { Serving } from "../switch/serving.ts";

/** The shape that is written. One more when a reader of the one before could misread it. */
export const stateSchema = 1;

/** The answer of a change that was carried out, for a client that asks again. */
export interface SavedAnswer {
  id: string;
  verb: string;
  result: unknown;
}

/** A service as it is kept: what it serves with and the receipts of its last switches. */
interface SavedService {
  serving: Serving;
  receipts: Receipt[];
}

/** All that outlives the process. */
export interface SavedState {
  services: SavedService[];
  /** The highest fencing number seen for each service, also for one that is gone. */
  fences: Record<string, number>;
  answers: SavedAnswer[];
}

export const emptyState: SavedState = { services: [], fences: {}, answers: [] };

/**
 * Reads what a file held. What an older proxy did not write gets its default.
 *
 * @throws ControlRefusal naming the field that can't be used
 */
export function readSavedState(value: unknown): SavedState {
  const fields = new Fields(value, "state");
  return {
    services: (fields.list("services") ?? []).map(readService),
    fences: readFences(value),
    answers: readAnswers(fields.list("answers") ?? []),
  };
}

function readService(fields: Fields): SavedService {
  return {
    serving: readServing(fields.nested("serving")),
    receipts: (fields.list("receipts") ?? []).map(readReceipt),
  };
}

function readServing(fields: Fields): Serving {
  return {
    service: fields.name("service"),
    switches: fields.integer("switches", 0, Number.MAX_SAFE_INTEGER),
    active: fields.has("active") ? readRelease(fields.nested("active")) : null,
    previous: fields.has("previous") ? readRelease(fields.nested("previous")) : null,
    lastSwitch: fields.has("lastSwitch") ? readSwitch(fields.nested("lastSwitch")) : null,
    traffic: readTraffic(fields.nested("traffic")),
  };
}

function readTraffic(fields: Fields): Traffic {
  const mode = fields.choice("mode", ["open", "paused", "stopped"], "open");
  switch (mode) {
    case "open":
      return openTraffic;
    case "paused":
      return {
        mode,
        timeoutMs: fields.duration("timeoutMs"),
        maxRequests: fields.integer("maxRequests", 1, 1e6),
      };
    case "stopped":
      return { mode, message: fields.has("message") ? fields.text("message", 2_000) : null };
  }
}

function readSwitch(fields: Fields): Serving["lastSwitch"] {
  return {
    id: fields.name("id"),
    from: fields.has("from") ? fields.name("from") : null,
    to: fields.has("to") ? fields.name("to") : null,
    at: fields.integer("at", 0, Number.MAX_SAFE_INTEGER),
  };
}

function readRelease(fields: Fields): Release {
  return {
    candidate: fields.name("candidate"),
    targets: fields.texts("targets", (target) => target),
    options: readOptions(fields.nested("options")),
    health: readHealth(fields.nested("health")),
  };
}

function readReceipt(fields: Fields): Receipt {
  const count = (from: Fields, name: string) => from.integer(name, 0, Number.MAX_SAFE_INTEGER, 0);
  const counts = (from: Fields): FailureCounts => ({
    requests: count(from, "requests"),
    targetErrors: count(from, "targetErrors"),
    targetFailures: count(from, "targetFailures"),
    clientAborts: count(from, "clientAborts"),
    proxyErrors: count(from, "proxyErrors"),
  });
  const websockets = fields.nested("websockets");
  return {
    switch: fields.name("switch"),
    service: fields.name("service"),
    from: fields.has("from") ? fields.name("from") : null,
    to: fields.has("to") ? fields.name("to") : "",
    at: count(fields, "at"),
    state: fields.choice("state", ["draining", "drained", "cut", "reverted"]),
    inFlight: count(fields, "inFlight"),
    drained: count(fields, "drained"),
    cut: count(fields, "cut"),
    held: count(fields, "held"),
    longestHoldMs: count(fields, "longestHoldMs"),
    retried: count(fields, "retried"),
    before: counts(fields.nested("before")),
    after: counts(fields.nested("after")),
    websockets: {
      open: count(websockets, "open"),
      closed: count(websockets, "closed"),
      cut: count(websockets, "cut"),
    },
    drainMs: count(fields, "drainMs"),
  };
}

function readFences(value: unknown): Record<string, number> {
  const fences = (value as { fences?: unknown }).fences ?? {};
  const entries = Object.entries(fences as object).filter(([, fence]) => Number.isSafeInteger(fence));
  return Object.fromEntries(entries) as Record<string, number>;
}

function readAnswers(list: Fields[]): SavedAnswer[] {
  return list.map((fields) => ({
    id: fields.text("id"),
    verb: fields.name("verb"),
    result: fields.raw("result"),
  }));
}
