import { lastError } from "../judge/judge.ts";
import type { FleetLeft, Told } from "../judge/told.ts";
import type { Lived } from "../run/run-story.ts";
import type { Moment, Story } from "../stories/story.ts";

/** What is kept of one story. */
export interface StoryRow {
  story: string;
  group: string;
  moment: string;
  /** The commit it was lived through at. */
  commit: string;
  /** Whether all that was promised was so. */
  holds: boolean;
  problems: string[];
  /** -1: it never ended, since the story broke. */
  exitCode: number;
  /** What the command said in the end; null where it ended well, or was killed. */
  message: string | null;
  /** What each host serves, before, after and at the end, with how many containers are there. */
  before: Record<string, string>;
  after: Record<string, string>;
  end: Record<string, string>;
  requests: number;
  failed: number;
  /** Failures by host, as the load balancer saw them. */
  failedOn: Record<string, number>;
  nextExitCode: number;
  nextWaitedForLock: boolean;
  seconds: number;
}

/** @param commit the one that was lived through */
export function rowOf({ story, told, problems, seconds }: Lived, commit: string): StoryRow {
  const error = lastError(told.ended);
  const { failures, atLoadBalancer, requests } = told.traffic;
  const failedOn: Record<string, number> = {};
  for (const { vm } of atLoadBalancer) failedOn[vm ?? "none"] = (failedOn[vm ?? "none"] ?? 0) + 1;
  return {
    story: story.name,
    group: story.group,
    moment: described(story.moment),
    commit,
    holds: problems.length === 0,
    problems,
    exitCode: told.ended.exitCode,
    message: error === null ? null : `${error.code} (${error.state ?? "no state"}): ${error.cause}`,
    before: states(told.before, told.versions),
    after: states(told.after, told.versions),
    end: states(told.end, told.versions),
    requests,
    failed: failures.length,
    failedOn,
    nextExitCode: told.next.exitCode,
    nextWaitedForLock: told.next.waitedForLock,
    seconds: Math.round(seconds * 10) / 10,
  };
}

/** A story that broke itself: nothing is known of what it was to prove. */
export function brokenRow({ name, group, moment }: Story, error: unknown, commit: string): StoryRow {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    story: name,
    group,
    moment: described(moment),
    commit,
    holds: false,
    problems: [`the story could not be told: ${reason}`],
    exitCode: -1,
    message: null,
    before: {},
    after: {},
    end: {},
    requests: 0,
    failed: 0,
    failedOn: {},
    nextExitCode: -1,
    nextWaitedForLock: false,
    seconds: 0,
  };
}

function described(moment: Moment): string {
  if (moment.at === "before") return "before the command";
  if ("phase" in moment) return `${moment.at} ${moment.phase}`;
  return `${moment.at} ${moment.step} on ${moment.host}`;
}

/** Versions are told by what they are in the story: their numbers differ from run to run. */
function states(fleet: FleetLeft, versions: Told["versions"]): Record<string, string> {
  const names = Object.entries(versions);
  return Object.fromEntries(
    Object.entries(fleet).map(([host, { serves, containers, lock }]) => {
      const version = names.find(([, number]) => number === serves)?.[0] ?? serves;
      const running = containers.filter(({ state }) => state === "running").length;
      const held = lock === "held" ? ", lock held" : "";
      return [host, `${version}; ${running} of ${containers.length} containers run${held}`];
    }),
  );
}

/** The story in a line for people. */
export function storyLine(row: StoryRow): string {
  const failed = Object.entries(row.failedOn).map(([host, count]) => `${count} on ${host}`);
  const lost = `${row.failed} of ${row.requests} requests failed${failed.length === 0 ? "" : ` (${failed.join(", ")})`}`;
  const verdict = row.holds ? "holds" : `FAILS: ${row.problems.join("; ")}`;
  return `${row.group}: ${row.story} (${row.moment}): exit ${row.exitCode}, ${lost}, next ${row.nextExitCode}, ${row.seconds} s: ${verdict}`;
}
