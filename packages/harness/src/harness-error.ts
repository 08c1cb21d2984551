/** What can go wrong with the sandbox itself, and the exit code that a command ends with. */
const harnessCodes = {
  ENGINE_MISSING: 32,
  ENGINE_FAILED: 32,
  DOWNLOAD_FAILED: 31,
  IMAGE_FAILED: 30,
  PORT_TAKEN: 32,
  DISK_FULL: 32,
  SANDBOX_FAILED: 80,
  SANDBOX_GONE: 80,
  NOT_BUILT: 2,
  USAGE: 2,
  INTERRUPTED: 130,
} as const;

/** The stable name of a failure of the harness. */
export type HarnessCode = keyof typeof harnessCodes;

/** The facts of a failure; the sentence is put together where it is shown. */
export interface HarnessFacts {
  /** What happened, in one sentence without a trailing full stop. */
  cause: string;
  /** What to do next, preferably a command. */
  hint?: string;
  /** Evidence, one line each. */
  details?: string[];
}

/** The only error that the harness lets out. */
export class HarnessError extends Error {
  override readonly name = "HarnessError";
  readonly code: HarnessCode;
  readonly exitCode: number;
  readonly facts: HarnessFacts;

  constructor(code: HarnessCode, facts: HarnessFacts, options?: { cause?: unknown }) {
    super(facts.cause, options);
    this.code = code;
    this.exitCode = harnessCodes[code];
    this.facts = facts;
  }
}
