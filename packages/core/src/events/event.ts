import { z } from "zod";
import { catalogue, type ErrorCode } from "../errors/catalogue.ts";
import { receipt } from "./receipt.ts";

/** The only error codes there are, for whoever checks an event. */
const errorCode = z.enum(Object.keys(catalogue) as [ErrorCode, ...ErrorCode[]]);
const exitCode = z.int().min(0).max(255).meta({ description: "What the command ends with." });
const ms = z.int().min(0).meta({ description: "How long it took, in milliseconds." });
const phase = z.string().meta({ description: "The phase's name, for programs: prepare, boot, switch, …" });
const step = z
  .string()
  .meta({ description: "Tells a step from the others on its host: create-container web." });
const anyHost = z.string().nullable().meta({ description: "The host it is about; null for this machine." });
const hosts = z.array(z.string()).meta({ description: "The hosts it is about." });

/** What every event has besides its own fields. */
function event<T extends string, S extends z.ZodRawShape>(type: T, description: string, fields: S) {
  const at = z.number().meta({ description: "Milliseconds since the epoch." });
  return z.strictObject({ at, type: z.literal(type), ...fields }).meta({ description });
}

const failure = z.strictObject({
  code: errorCode,
  exitCode,
  cause: z.string().meta({ description: "What happened, in one sentence." }),
  hint: z.exactOptional(z.string()).meta({ description: "What to do next." }),
  host: z.exactOptional(z.string()),
  step: z.exactOptional(z.string()).meta({ description: "The step that was being carried out, for people." }),
  state: z
    .exactOptional(z.enum(["unchanged", "not-switched", "switched", "reverted", "split"]))
    .meta({ description: "What serves now." }),
  details: z.exactOptional(z.array(z.string())).meta({ description: "Evidence, a line each." }),
});

/**
 * Everything that happens while a command runs, as plain data on one stream. A renderer
 * draws it, the audit keeps it, `--json` prints it as it is; `schema/events.schema.json` is made
 * from this. Nothing in an event is ever secret.
 */
export const deployEvent = z.discriminatedUnion("type", [
  event("command.started", "A command knows what it is about.", {
    command: z.string(),
    service: z.string(),
    version: z.string().nullable(),
    hosts,
  }),
  event("phase.started", "A phase began: steps on several hosts, side by side.", {
    phase,
    title: z.string(),
    hosts,
  }),
  event("phase.ended", "A phase is over on every host.", { phase, ok: z.boolean(), ms }),
  event("step.started", "A step began.", { phase, host: anyHost, step, title: z.string() }),
  event("step.progress", "How far a step is.", { phase, host: anyHost, step, text: z.string() }),
  event("step.ended", "A step is over.", {
    phase,
    host: anyHost,
    step,
    ok: z.boolean(),
    ms,
    note: z.exactOptional(z.string()).meta({ description: "What it came to." }),
  }),
  event("output", "A line of a build, a log or a remote command.", {
    source: z.string(),
    host: anyHost,
    stream: z.enum(["stdout", "stderr"]),
    text: z.string(),
  }),
  event("warning", "Something that goes on, and that somebody should know of.", {
    host: anyHost,
    message: z.string(),
    hint: z.exactOptional(z.string()),
  }),
  event("receipt", "What became of every request around one switch.", {
    host: z.string(),
    service: z.string(),
    receipt,
  }),
  event("error", "What a command failed with; docs/errors.md lists the codes.", { error: failure }),
  event("command.ended", "A command is over.", {
    command: z.string(),
    ok: z.boolean(),
    exitCode,
    ms,
    summary: z.string(),
  }),
]);

export type DeployEvent = z.output<typeof deployEvent>;

/** Takes each event as it happens. It must not throw. */
export type EventSink = (event: DeployEvent) => void;
