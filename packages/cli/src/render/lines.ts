import type { DeployEvent } from "@cutover/core";
import { failureLines } from "./failure.ts";
import type { Palette } from "./palette.ts";
import { after, nothingYet, type Progress } from "./progress.ts";
import { duration, plainLine, timeOfDay, withShortHashes } from "./text.ts";

/** How much is told: `quiet` only failures, `verbose` also the start and the progress of each step. */
export type Detail = "quiet" | "normal" | "verbose";

/** How lines are written. `utcOffsetMinutes` is what is added to UTC for the time of day. */
export interface LineStyle {
  detail: Detail;
  paint: Palette;
  utcOffsetMinutes: number;
}

/**
 * Plain lines for a log: each begins with its time and its host. A function of the events alone;
 * feed it each event in order and write what it returns.
 */
export function lineWriter(style: LineStyle): (event: DeployEvent) => string[] {
  let progress = nothingYet;
  return (event) => {
    progress = after(progress, event);
    return told(event, progress, style);
  };
}

function told(event: DeployEvent, progress: Progress, style: LineStyle): string[] {
  if (event.type === "error") return failureLines(event.error, style.paint);
  if (style.detail === "quiet") return [];
  const said = sentence(event, progress, style);
  if (said === null) return [];
  // The first line has the version in full; after that it is for eyes.
  const text = event.type === "command.started" || style.detail === "verbose" ? said : withShortHashes(said);
  const host = ("host" in event ? event.host : null) ?? "-";
  const width = Math.max(1, ...progress.hosts.map((name) => name.length));
  const time = timeOfDay(event.at, style.utcOffsetMinutes);
  return [`${style.paint.dim(time)} ${style.paint.accent(host.padEnd(width))} ${text}`];
}

function sentence(event: DeployEvent, progress: Progress, { detail, paint }: LineStyle): string | null {
  switch (event.type) {
    case "command.started":
      return paint.bold([event.command, event.service, event.version].filter(Boolean).join(" "));
    case "phase.started":
      return paint.bold(event.title);
    case "step.started":
      return detail === "verbose" ? `${event.title} …` : null;
    case "step.progress":
      return detail === "verbose" ? plainLine(event.text) : null;
    case "step.ended": {
      const title = stepTitle(progress, event);
      const note = event.note ? `: ${event.note}` : "";
      const mark = event.ok ? paint.good("✓") : paint.bad("✗");
      return `${mark} ${title}${note} ${paint.dim(`(${duration(event.ms)})`)}`;
    }
    case "phase.ended": {
      const phase = progress.phases.findLast(({ phase }) => phase === event.phase);
      // What failed has been told by its step, and is told again as the error.
      const told = event.ok && phase !== undefined;
      return told ? `${paint.good("✓")} ${phase.title} ${paint.dim(`(${duration(event.ms)})`)}` : null;
    }
    case "output":
      return event.text.trim() === "" ? null : `${paint.dim(`${event.source} │`)} ${plainLine(event.text)}`;
    case "warning":
      return `${paint.caution("!")} ${event.message}${event.hint ? ` (${event.hint})` : ""}`;
    default:
      return null;
  }
}

/** The title that the step had when it started; its name where that was never seen. */
function stepTitle(progress: Progress, event: { phase: string; host: string | null; step: string }): string {
  const phase = progress.phases.findLast(({ phase }) => phase === event.phase);
  const step = phase?.steps.findLast(({ host, step }) => host === event.host && step === event.step);
  return step?.title ?? event.step;
}
