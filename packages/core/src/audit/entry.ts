import type { RoleResult } from "../commands/result.ts";
import type { ErrorCode, LeftState } from "../errors/index.ts";

/** The version of an entry's shape that is written. Lines of another one are passed over. */
export const AUDIT_SCHEMA = 1;

/**
 * What one command did on one host, kept there as a line of JSON when it ended. Nothing in it is
 * secret.
 */
export interface AuditEntry {
  schemaVersion: typeof AUDIT_SCHEMA;
  /** When it ended, in milliseconds since the epoch, on the clock of whoever ran it. */
  at: number;
  /** `deploy`, `rollback`, … */
  command: string;
  /** `anna@laptop` */
  by: string;
  toolVersion: string;
  /** Null for what is about no release. */
  release: string | null;
  version: string | null;
  /** By digest. */
  image: string | null;
  /** Null: it went well. */
  error: AuditedError | null;
  ms: number;
  /** Each phase in its order, also those on other hosts. */
  phases: PhaseTime[];
  /** What was booted here, with the account of each switch. */
  roles: RoleResult[];
  pruned: { containers: string[]; images: string[] };
  /** What a person said of it, or what else there is to say; null: nothing. */
  message: string | null;
}

/** How a command failed. */
export interface AuditedError {
  code: ErrorCode;
  exitCode: number;
  cause: string;
  state: LeftState | null;
  /** Where it was: a phase's name; null before the first one. */
  phase: string | null;
  /** The host it happened on; null for several, or none. */
  host: string | null;
}

/** How long a phase took. */
export interface PhaseTime {
  phase: string;
  ok: boolean;
  ms: number;
}
