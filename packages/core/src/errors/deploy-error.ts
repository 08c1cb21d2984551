import type { ErrorCode } from "./catalogue.ts";
import { catalogue } from "./catalogue.ts";

/** What was serving when an error ended a command: the first thing that its reader wants to know. */
export type LeftState =
  /** Nothing on any host was changed. */
  | "unchanged"
  /** Hosts were prepared, but what served before serves still. */
  | "not-switched"
  /** The new release serves on every host; what comes after the switch failed. */
  | "switched"
  /** Some hosts had switched and were put back. */
  | "reverted"
  /** Hosts serve different releases; the details name each. */
  | "split";

/**
 * The facts of a failure. The sentence is made from these at the edge, so that a
 * renderer, the audit and `--json` all tell the same story.
 */
export interface ErrorFacts {
  /** What happened, in one sentence without a trailing full stop. Never holds a secret. */
  cause: string;
  /** What to do next, preferably a command. */
  hint?: string;
  /** The host it happened on. */
  host?: string;
  /** The step that was being carried out, as its `describe` calls it. */
  step?: string;
  state?: LeftState;
  /** Evidence for a reader who wants more: last log lines, file positions, other hosts. One line each. */
  details?: string[];
}

/**
 * The only error that leaves this package. `code` is stable and documented in
 * `docs/errors.md`; `exitCode` is what the command ends with.
 */
export class DeployError extends Error {
  override readonly name = "DeployError";
  readonly code: ErrorCode;
  readonly exitCode: number;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts, options?: { cause?: unknown }) {
    super(facts.cause, options);
    this.code = code;
    this.exitCode = catalogue[code].exitCode;
    this.facts = facts;
  }

  /** Plain data, for NDJSON and the audit. */
  toJSON(): { code: ErrorCode; exitCode: number } & ErrorFacts {
    return { code: this.code, exitCode: this.exitCode, ...this.facts };
  }
}
