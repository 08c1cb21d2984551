import { describeFailure, type Failure } from "../../../packages/harness/src/traffic/failure.ts";
import type { Story } from "../stories/story.ts";
import { strays } from "./strays.ts";
import type { FleetLeft, Told } from "./told.ts";

/** SIGKILL's, as a shell tells it. */
const KILLED = 137;
const INTERNAL = 80;

/** Holds what was seen against what was promised. Pure. @returns a line for each thing that does not hold */
export function judge(story: Story, told: Told): string[] {
  return [
    ...(told.struck ? [] : ["the moment at which it was to strike never came"]),
    ...judgeEnd(story, told),
    ...judgeServing(story, told),
    ...judgeRequests(story, told),
    ...judgeLock(story, told),
    ...judgeNext(told),
    ...told.also,
  ];
}

function judgeEnd({ expected }: Story, { ended }: Told): string[] {
  const { exitCode, output } = ended;
  const wrong = expected.exits.includes(exitCode)
    ? []
    : [`exit ${exitCode} instead of ${expected.exits.join(" or ")}: ${causeOf(lastError(ended))}`];
  const unsaid = (expected.says ?? []).filter((words) => !words.test(output));
  const defect = exitCode === INTERNAL ? [`it calls itself a defect: ${causeOf(lastError(ended))}`] : [];
  return [...wrong, ...defect, ...unsaid.map((words) => `it does not say ${words}`)];
}

/** The error that a command ended with; null where it ended well or never ended. */
export function lastError({ events }: Told["ended"]) {
  return events.findLast(({ type }) => type === "error")?.error ?? null;
}

const causeOf = (error: ReturnType<typeof lastError>) => error?.cause ?? "no error was told";

function judgeServing({ expected }: Story, seen: Told): string[] {
  const { versions, after } = seen;
  const allowed: Record<typeof expected.serves, string[]> = {
    old: [versions.old],
    new: [versions.new],
    "old or new": [versions.old, versions.new],
    "as told": asTold(seen),
  };
  const may = allowed[expected.serves];
  const wrong = hostsOf(after)
    .filter(([, { serves }]) => !may.includes(serves))
    .map(([host, { serves }]) => `${host} serves ${serves} instead of ${may.join(" or ")}`);
  return [...wrong, ...judgeSplit(seen)];
}

/** Promise 3: what the end says is what is so. */
function asTold({ ended, versions }: Told): string[] {
  if (ended.exitCode === KILLED) return [versions.old, versions.new];
  const error = lastError(ended);
  if (error === null) return [versions.new];
  switch (error.state) {
    case "switched":
      return [versions.new];
    case "split":
      return [versions.old, versions.new];
    default:
      return [versions.old];
  }
}

function judgeSplit({ ended }: Told): string[] {
  const error = lastError(ended);
  if (error?.state !== "split") return [];
  const words = [error.cause, ...(error.details ?? [])].join("\n");
  return ["vm1", "vm2"].some((host) => words.includes(host))
    ? []
    : ["it says that hosts serve different releases and names none"];
}

function judgeRequests({ expected }: Story, { traffic }: Told): string[] {
  const { failures, atLoadBalancer } = traffic;
  const elsewhere = atLoadBalancer.filter(({ vm }) => vm !== (expected.failuresFrom ?? "nobody"));
  const from = new Map<string, number>();
  for (const { vm, status } of elsewhere) {
    const key = `${vm ?? "no host"} with status ${status}`;
    from.set(key, (from.get(key) ?? 0) + 1);
  }
  const unexplained = failures.length - atLoadBalancer.length;
  return [
    ...[...from].map(([key, count]) => `${count} requests failed on ${key}`),
    ...(unexplained > 0
      ? [`${unexplained} requests failed that no host explains, among ${kindsOf(failures)}`]
      : []),
  ];
}

/** `243 × status, such as …`: of which kinds they are, the rarest first, since that is what is odd. */
function kindsOf(failures: Told["traffic"]["failures"]): string {
  const kinds = [...Map.groupBy(failures, ({ kind, detail }) => `${kind}, ${detail}`).values()];
  return kinds
    .toSorted((a, b) => a.length - b.length)
    .map((of) => `${of.length} × ${describeFailure(of[0] as Failure)}`)
    .join("; ");
}

function judgeLock({ expected }: Story, { after }: Told): string[] {
  if (expected.lockStays) return [];
  return hostsOf(after)
    .filter(([, { lock }]) => lock === "held")
    .map(([host]) => `the lock on ${host} is held by nobody`);
}

function judgeNext({ next, end, versions, ended }: Told): string[] {
  if (next.exitCode !== 0)
    return [
      `the next deploy ends with ${next.exitCode}: ${causeOf(lastError(next))} (after ${ended.exitCode})`,
    ];
  const serving = hostsOf(end)
    .filter(([, { serves }]) => serves !== versions.next)
    .map(([host, { serves }]) => `after the next deploy ${host} serves ${serves}`);
  return [
    ...serving,
    ...hostsOf(end).flatMap(([host, left]) => strays(left).map((line) => `${host}: ${line}`)),
  ];
}

function hostsOf(fleet: FleetLeft) {
  return Object.entries(fleet);
}
