import type { Evidence } from "@cutover/proxy/protocol";
import type Dockerode from "dockerode";
import type { ContainerInspectInfo } from "dockerode";
import { DeployError } from "../../errors/index.ts";
import { dockerStatus } from "../../hosts/docker/docker-status.ts";
import type { Act } from "../act.ts";
import { lastLogLines } from "../container-log.ts";
import { diagnose, type Exit } from "./diagnosis.ts";
import { exited } from "./exit.ts";
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
  const exit = exitOf(State);
  // Docker reports the exit before the log is flushed, so the log is read after the state.
  const [log, listeners] = await Promise.all([
    lastLogLines(container),
    exit === null ? readListeners(State.Pid, act) : null,
  ]);
  const { cause, hint } = diagnose({ ...question, host: act.host.name, exit, evidence, listeners, log });
  const body =
    evidence?.kind === "status" && evidence.body.trim() !== "" ? [`body: ${oneLine(evidence.body)}`] : [];
  const lines = log.length === 0 ? ["(its log is empty)"] : log;
  return new DeployError("GATE_FAILED", { cause, hint, details: [...body, ...lines] });
}

/**
 * The error for a container that has ended though it was well a moment ago; null when it has not.
 *
 * @param name the container's
 */
export async function exitFailure(
  name: string,
  act: Pick<Act, "docker" | "host" | "memory">,
): Promise<DeployError | null> {
  const container = act.docker.getContainer(name);
  const found = await lookAt(container);
  if (found === null)
    return new DeployError("GATE_FAILED", {
      cause: `${name} on ${act.host.name} is gone: somebody removed it`,
      hint: "deploy again",
    });
  const exit = exitOf(found.State);
  if (exit === null) {
    // Of one that was there before this run, restarts may be of long ago.
    const restarted = found.RestartCount > 0 && act.memory.container(act.host.name, name) !== null;
    return restarted ? restartFailure(name, container, act) : null;
  }
  const log = await lastLogLines(container);
  const { cause, hint } = exited({ container: name, host: act.host.name, log }, exit);
  return new DeployError("GATE_FAILED", { cause, hint, details: log });
}

/** One that passed its gate restarts by itself, so that its end may be over by now. */
async function restartFailure(
  name: string,
  container: Dockerode.Container,
  { host }: Pick<Act, "host">,
): Promise<DeployError> {
  return new DeployError("GATE_FAILED", {
    cause: `${name} on ${host.name} ended after it had been healthy, and was started again by Docker`,
    hint: "its last log lines are below",
    details: await lastLogLines(container),
  });
}

async function lookAt(container: Dockerode.Container): Promise<ContainerInspectInfo | null> {
  try {
    return await container.inspect();
  } catch (error) {
    if (dockerStatus(error) === 404) return null;
    throw error;
  }
}

/** How a container ended; null while it runs. */
function exitOf(state: ContainerInspectInfo["State"]): Exit | null {
  if (state.Running && !state.Restarting) return null;
  return { code: state.ExitCode, outOfMemory: state.OOMKilled, error: state.Error };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, " ").slice(0, 200);
}
