import { DeployError, type ErrorCode, type LeftState } from "../errors/index.ts";
import { together } from "../hosts/together.ts";
import type { LeftBehind } from "./undo.ts";

/** The error that ends a run before or during the switch, once all was taken back that could be. */
export function undoneEnding(cause: DeployError, state: LeftState, left: readonly LeftBehind[]): DeployError {
  const details = [...left, ...(cause.facts.details ?? [])];
  const facts = { ...cause.facts, state, ...(details.length === 0 ? {} : { details }) };
  if (state === "split" || state === "switched")
    return new DeployError(
      "SPLIT",
      {
        ...facts,
        state: "split",
        cause: `it failed after a switch that could not be taken back everywhere: ${facts.cause}`,
        hint: "deploy details shows what serves where; deploy again once the host answers",
      },
      { cause },
    );
  if (state === "reverted" && !isInterrupt(cause.code) && cause.code !== "REGRESSED")
    return new DeployError(
      "REVERTED",
      { ...facts, cause: `it failed after a switch, which was taken back: ${facts.cause}` },
      { cause },
    );
  return new DeployError(cause.code, facts, { cause });
}

/** The error that ends a run whose switch stands, but not all of what comes after. */
export function switchedEnding(errors: readonly DeployError[]): DeployError {
  const first = together(errors);
  const interrupted = isInterrupt(first.code);
  return new DeployError(
    interrupted ? first.code : "AFTER_SWITCH",
    {
      ...first.facts,
      cause: `the new release serves, but ${interrupted ? "what comes after was cut short" : first.facts.cause}`,
      hint: "the next deploy clears up what is left",
      state: "switched",
    },
    { cause: first },
  );
}

/** What ended a run that was told to stop. */
export function stopped(signal: AbortSignal): DeployError {
  if (signal.reason instanceof DeployError) return signal.reason;
  const code: ErrorCode = signal.reason === "SIGTERM" ? "TERMINATED" : "INTERRUPTED";
  const cause = code === "TERMINATED" ? "told to end by SIGTERM" : "interrupted by Ctrl-C";
  return new DeployError(code, { cause, hint: "run the same command again when you are ready" });
}

function isInterrupt(code: ErrorCode): boolean {
  return code === "INTERRUPTED" || code === "TERMINATED" || code === "LOCK_LOST";
}
