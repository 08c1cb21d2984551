import type { Progress } from "./progress.ts";

/**
 * What is known of the state when a command is ended where it stands: which phases were complete
 * and what was going on. It is all we know then, so it says no more than that.
 */
export function leftBehind(progress: Progress): string[] {
  const done = progress.phases.filter((phase) => phase.ended?.ok).map((phase) => phase.title);
  const underway = progress.phases
    .flatMap((phase) => phase.steps)
    .filter((step) => step.ended === null)
    .map((step) => `  ${step.host ?? "here"}: ${step.title}`);
  return [
    "Ended at once; what was under way was neither finished nor undone.",
    done.length === 0 ? "No phase was complete." : `Complete: ${done.join(", ")}.`,
    ...(underway.length === 0 ? [] : ["Under way:", ...underway]),
    "See what serves now: deploy details",
  ];
}
