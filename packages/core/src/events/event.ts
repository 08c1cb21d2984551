import type { Receipt } from "@cutover/proxy/protocol";
import type { ErrorCode, ErrorFacts } from "../errors/index.ts";

/**
 * Everything that happens while a command runs, as plain data on one stream. A renderer
 * draws it, the audit keeps it, `--json` prints it as it is. `at` is milliseconds since
 * the epoch. Nothing in an event is ever secret.
 */
export type DeployEvent = { at: number } & (
  | { type: "command.started"; command: string; service: string; version: string | null; hosts: string[] }
  | { type: "phase.started"; phase: string; title: string; hosts: string[] }
  | { type: "phase.ended"; phase: string; ok: boolean; ms: number }
  | { type: "step.started"; phase: string; host: string | null; step: string; title: string }
  | { type: "step.progress"; phase: string; host: string | null; step: string; text: string }
  | {
      type: "step.ended";
      phase: string;
      host: string | null;
      step: string;
      ok: boolean;
      ms: number;
      note?: string;
    }
  /** A line of a build, a log or a remote command. `host` is null for this machine. */
  | { type: "output"; source: string; host: string | null; stream: "stdout" | "stderr"; text: string }
  | { type: "warning"; host: string | null; message: string; hint?: string }
  | { type: "receipt"; host: string; service: string; receipt: Receipt }
  | { type: "error"; error: { code: ErrorCode; exitCode: number } & ErrorFacts }
  | { type: "command.ended"; command: string; ok: boolean; exitCode: number; ms: number; summary: string }
);

/** Takes each event as it happens. It must not throw. */
export type EventSink = (event: DeployEvent) => void;
