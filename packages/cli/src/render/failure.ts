import type { ErrorCode, ErrorFacts, LeftState } from "@cutover/core/errors";
import type { Palette } from "./palette.ts";
import { plainLine, withShortHashes } from "./text.ts";

/** A failure as an `error` event carries it. */
export type Failure = { code: ErrorCode; exitCode: number } & ErrorFacts;

/** What each state means to somebody who has to decide what to do next. */
const states: Record<LeftState, string> = {
  unchanged: "unchanged (nothing on any host was touched)",
  "not-switched": "not switched (what served before serves still)",
  switched: "switched (the new release serves on every host)",
  reverted: "reverted (what served before serves again)",
  split: "split (hosts serve different releases)",
};

/** The order and the width of the labels below. */
const label = (name: string) => `  ${name.padEnd(6)} `;

/**
 * A failure as a person reads it: where and what, why, what was left, what to do, and only then
 * the evidence. The part before the evidence takes ten lines at most.
 */
export function failureLines(failure: Failure, paint: Palette): string[] {
  const { step, host } = failure;
  const heading =
    step === undefined
      ? (host === undefined ? "" : `${host}: `) + sentence(failure.cause)
      : `${sentence(step)}${host === undefined ? "" : ` on ${host}`} failed`;
  const told = [
    `${paint.bad("✗")} ${paint.bold(withShortHashes(heading))} ${paint.dim(`[${failure.code}]`)}`,
  ];
  if (step !== undefined) told.push(...labelled("cause", failure.cause, 3));
  if (failure.state) told.push(`${label("state")}${states[failure.state]}`);
  if (failure.hint) told.push(...labelled("next", failure.hint, 3));
  const details = (failure.details ?? []).map((line) => `  ${paint.dim("│")} ${plainLine(line)}`.trimEnd());
  return details.length === 0 ? told : [...told, "", ...details];
}

/** Text beside its label, its later lines indented under the first; what is too long goes. */
function labelled(name: string, text: string, atMost: number): string[] {
  return text
    .split("\n")
    .slice(0, atMost)
    .map((line, index) => `${label(index === 0 ? name : "")}${plainLine(line)}`.trimEnd());
}

/** A sentence's first line as a heading has it: with a capital, unless it begins with a name or a path. */
function sentence(text: string): string {
  const line = plainLine(text.split("\n")[0] ?? "");
  return /^[a-z]+(?=[ ,]|$)/.test(line) ? line.charAt(0).toUpperCase() + line.slice(1) : line;
}
