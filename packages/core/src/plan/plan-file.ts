import { z } from "zod";
import { DeployError } from "../errors/index.ts";
import type { FleetState } from "../observe/host-state.ts";
import type { ReleaseRecord } from "../release/record.ts";
import { changesBetween } from "./changes.ts";
import { movedSince, type SeenHost, seenOf } from "./seen.ts";
import { changeLine } from "./words.ts";

/** The version of a plan file's shape that is written and read. */
export const PLAN_SCHEMA = 1;

/** What of a plan's file is held against what there is when it is carried out. */
export interface PromisedPlan {
  /** `service` or `service-destination`. */
  app: string;
  version: string;
  /** The release that serves afterwards. */
  release: string;
  image: { digest: string | null; origin: string };
  hosts: { host: string; seen: SeenHost; record: ReleaseRecord }[];
}

const planFile = z.looseObject({
  schemaVersion: z.literal(PLAN_SCHEMA),
  app: z.string(),
  version: z.string(),
  release: z.string(),
  image: z.looseObject({ digest: z.string().nullable(), origin: z.string() }),
  hosts: z.array(
    z.looseObject({
      host: z.string(),
      seen: z.looseObject({
        active: z.string().nullable(),
        containers: z.record(z.string(), z.string()),
        network: z.boolean(),
        proxy: z.string(),
        routes: z.record(z.string(), z.string()),
      }),
      record: z.looseObject({
        version: z.string(),
        image: z.looseObject({}),
        roles: z.array(z.looseObject({})),
      }),
    }),
  ),
});

/**
 * Reads what `deploy plan --out` wrote.
 *
 * @throws DeployError USAGE for what is no plan, or one of another version of this tool
 */
export function parsePlanFile(text: string, path: string): PromisedPlan {
  try {
    return planFile.parse(JSON.parse(text)) as unknown as PromisedPlan;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    throw new DeployError(
      "USAGE",
      {
        cause: `${path} is no plan that this version understands`,
        hint: `make one: deploy plan --out ${path}`,
        state: "unchanged",
      },
      { cause: error },
    );
  }
}

/** What is wanted now of a host, to hold against what was planned. */
export interface WantedNow {
  records: ReadonlyMap<string, ReleaseRecord>;
  digest: string;
}

/**
 * Refuses to carry out a plan when hosts, configuration, environment or image are no longer what it
 * was made from.
 *
 * @throws DeployError PLAN_OUTDATED, what has moved in its details
 */
export function refuseMoved(plan: PromisedPlan, states: FleetState, now: WantedNow): void {
  const planned = new Map(plan.hosts.map((host) => [host.host, host]));
  const present = new Set(states.map(({ host }) => host));
  const moved = [
    ...plan.hosts.flatMap(({ host }) => (present.has(host) ? [] : [`${host}: is no host of it any more`])),
    ...states.flatMap((state) => {
      const promise = planned.get(state.host);
      if (promise === undefined) return [`${state.host}: was no host of it`];
      const record = now.records.get(state.host);
      const services = promise.record.roles.map(({ prefix }) => prefix);
      const wanted = record === undefined ? [] : wantedChanges(promise.record, record);
      return [...movedSince(promise.seen, seenOf(state, services)), ...wanted].map(
        (one) => `${state.host}: ${one}`,
      );
    }),
    ...(plan.image.digest === null || plan.image.digest === now.digest
      ? []
      : [`the image was ${plan.image.digest} and is ${now.digest}`]),
  ];
  if (moved.length > 0) throw outdated(moved);
}

/** @throws DeployError PLAN_OUTDATED */
export function outdated(moved: string[]): DeployError {
  return new DeployError("PLAN_OUTDATED", {
    cause: "what the plan was made from has changed since",
    hint: "make a new one: deploy plan --out FILE",
    details: moved,
    state: "unchanged",
  });
}

/** What is wanted now and was not planned; the image is compared apart, since it may not have been built. */
function wantedChanges(planned: ReleaseRecord, wanted: ReleaseRecord): string[] {
  const changes = changesBetween(planned, wanted).filter(({ kind }) => kind !== "image");
  return changes.map((change) => `since the plan: ${changeLine(change)}`);
}
