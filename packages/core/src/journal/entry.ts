import { z } from "zod";
import type { Phase } from "../plan/plan.ts";
import { UNCOMPILED } from "../uncompiled.ts";

/** The version of a journal's shape that is written. One of another version is let be, and told of. */
export const JOURNAL_SCHEMA = 1;

/**
 * What a command is about to do on one host, written there before it does any of it. With the state
 * that is observed it is enough to finish or to undo what a client that died has left.
 */
export interface JournalHead {
  schemaVersion: typeof JOURNAL_SCHEMA;
  /** The same on every host; no other run has it. */
  run: string;
  /** `deploy`, `rollback`, … */
  command: string;
  version: string;
  release: string;
  /** `anna@laptop` */
  by: string;
  /** Milliseconds since the epoch, on the clock of whoever ran it. */
  startedAt: number;
  /** The lock's number on this host. */
  fence: number;
  /** Every host that it is about. */
  hosts: string[];
  /** The plan's phases with this host's lanes. */
  phases: Phase[];
}

/** A border that was passed. */
export type JournalMark =
  | { mark: "phase"; phase: string; title: string }
  | { mark: "step"; step: string; title: string };

/** A journal as it lies on a host. It is removed when nothing is left to be done or undone there. */
export interface Journal {
  head: JournalHead;
  marks: JournalMark[];
}

const known = z.looseObject({ schemaVersion: z.literal(JOURNAL_SCHEMA), run: z.string() });
const mark = z.looseObject({ mark: z.string() });

/** Reads a journal; null for one of another version, or that was cut off in its first line. */
export function parseJournal(text: string): Journal | null {
  const [first, ...others] = text.split("\n").map(parseLine);
  const head = known.safeParse(first, UNCOMPILED);
  if (!head.success) return null;
  // Ours, and written whole.
  return {
    head: head.data as unknown as JournalHead,
    marks: others.flatMap((line) => (mark.safeParse(line, UNCOMPILED).success ? [line as JournalMark] : [])),
  };
}

/** Where a run was last: `Boot the new containers: start hello-web-3f2a1c`. */
export function lastMark({ marks }: Journal): string | null {
  const phase = marks.findLast((one) => one.mark === "phase");
  const step = marks.findLast((one) => one.mark === "step");
  if (phase === undefined) return null;
  const later = step !== undefined && marks.indexOf(step) > marks.indexOf(phase);
  return later ? `${phase.title}: ${step.title}` : phase.title;
}

/** The end of the last line may be missing. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
