import { nothing, type Story } from "../stories/story.ts";
import type { HostLeft, SeenEvent, Told } from "./told.ts";

/** A story that expects a deploy to work, with whatever a test says otherwise. */
export function aStory(expected: Partial<Story["expected"]> = {}): Story {
  return {
    name: "a story",
    group: "stories",
    moment: { at: "before" },
    strike: nothing,
    expected: { exits: [0], serves: "new", ...expected },
  };
}

/** A host in order that serves this version. */
export function aHost(serves: string, changed: Partial<HostLeft> = {}): HostLeft {
  const own = { kind: "role", app: "hello" };
  return {
    serves,
    containers: [
      { name: "cutover-proxy", state: "running", release: "", kind: "proxy", app: "" },
      { name: "hello-web-b", state: "running", release: "b", ...own },
      { name: "hello-web-a", state: "exited", release: "a", ...own },
    ],
    records: ["a", "b"],
    active: "b",
    lock: "free",
    unfinished: [],
    images: 2,
    ...changed,
  };
}

const onBoth = (left: HostLeft) => ({ vm1: left, vm2: left });

/** A story in which everything went well, with whatever a test says otherwise. */
export function aTold(changed: Partial<Told> = {}): Told {
  return {
    before: onBoth(aHost("1")),
    struck: true,
    ended: { exitCode: 0, events: [], output: "" },
    after: onBoth(aHost("2")),
    next: { exitCode: 0, events: [], output: "", waitedForLock: false },
    end: onBoth(aHost("3")),
    traffic: { requests: 500, failures: [], atLoadBalancer: [] },
    versions: { old: "1", new: "2", next: "3" },
    also: [],
    ...changed,
  };
}

/** The last event of a command that failed. */
export function anError(state: string, cause = "it broke", details: string[] = []): SeenEvent {
  return { type: "error", error: { code: "INTERNAL", exitCode: 1, cause, state, details } };
}
