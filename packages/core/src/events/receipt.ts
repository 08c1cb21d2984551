import type { FailureCounts, Receipt } from "@cutover/proxy/protocol";
import { z } from "zod";

const counted = z.int().min(0);
const spanMs = z.number().min(0);

const failures = z.strictObject({
  requests: counted,
  targetErrors: counted.meta({ description: "Answers of 500 to 599 made by the app." }),
  targetFailures: counted.meta({ description: "The app refused, reset, timed out or broke its answer off." }),
  clientAborts: counted.meta({ description: "The client went away before its answer was complete." }),
  proxyErrors: counted.meta({ description: "Answers that the proxy made itself." }),
}) satisfies z.ZodType<FailureCounts>;

/** A receipt as the proxy gives it; the compiler holds it to the proxy's own type. */
export const receipt = z.strictObject({
  switch: z.string(),
  service: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  at: z.number(),
  state: z.enum(["draining", "drained", "cut", "reverted"]),
  inFlight: counted.meta({ description: "Requests on the old target at the moment of the switch." }),
  drained: counted.meta({ description: "Of those, ended in their own time." }),
  cut: counted.meta({ description: "Of those, cut at the drain limit." }),
  held: counted.meta({ description: "Requests held by a pause around the switch." }),
  longestHoldMs: spanMs,
  retried: counted.meta({ description: "Sent again over a fresh connection." }),
  before: failures.meta({ description: "While the old target served alone." }),
  after: failures.meta({ description: "Since the switch." }),
  websockets: z.strictObject({ open: counted, closed: counted, cut: counted }),
  drainMs: spanMs.meta({ description: "From the switch to the last request's end on the old target." }),
  phases: z.exactOptional(
    z.strictObject({
      gateMs: spanMs.nullable().meta({ description: "Until the candidate was healthy; null for a revert." }),
      writeMs: spanMs.meta({ description: "To write the switch down." }),
    }),
  ),
  durations: z.exactOptional(
    z.strictObject({ before: z.array(counted), after: z.array(counted) }).meta({
      description:
        "How many answers took up to 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000 and 30000 ms, and longer.",
    }),
  ),
}) satisfies z.ZodType<Receipt>;
