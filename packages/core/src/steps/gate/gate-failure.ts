import type { Evidence } from "@cutover/proxy/protocol";
import { DeployError } from "../../errors/index.ts";
import type { Act } from "../act.ts";
import { lastLogLines } from "../container-log.ts";
import { diagnose } from "./diagnosis.ts";
import { readListeners } from "./read-listeners.ts";

/** What the gate asked of the candidate. */
export interface GateQuestion {
  container: string;
  appPort: number;
  path: string;
  deadlineMs: number;
}

/**
 * The error for a candidate that did not pass, with all the evidence there is: how it exited, what
 * it answered, what it listens on, and its last log lines.
 */
export async function gateFailure(
  question: GateQuestion,
  evidence: Evidence | null,
  act: Act,
): Promise<DeployError> {
  const container = act.docker.getContainer(question.container);
  const { State } = await container.inspect();
  const running = State.Running && !State.Restarting;
  // Docker reports the exit before the log is flushed, so the log is read after the state.
  const [log, listeners] = await Promise.all([
    lastLogLines(container),
    running ? readListeners(State.Pid, act) : null,
  ]);
  const exit = running ? null : { code: State.ExitCode, outOfMemory: State.OOMKilled, error: State.Error };
  const { cause, hint } = diagnose({ ...question, host: act.host.name, exit, evidence, listeners });
  const body =
    evidence?.kind === "status" && evidence.body.trim() !== "" ? [`body: ${oneLine(evidence.body)}`] : [];
  const lines = log.length === 0 ? ["(its log is empty)"] : log;
  return new DeployError("GATE_FAILED", { cause, hint, details: [...body, ...lines] });
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, " ").slice(0, 200);
}
