import type { Evidence, PrepareResult } from "../control/protocol.ts";

/** What one probe of one target found. */
export type Finding = "passed" | Evidence;

/**
 * A candidate on its way to serving. `findings` has the last finding for each target, null
 * before the first. A gate that is `closed` is a candidate nobody may commit.
 */
export type GateState =
  | { phase: "probing"; probes: number; findings: readonly (Finding | null)[] }
  | { phase: "open"; afterMs: number; probes: number }
  | { phase: "closed"; afterMs: number; probes: number; evidence: Evidence };

export type GateEvent =
  | { type: "probed"; target: number; finding: Finding }
  /** No more time to become healthy. */
  | { type: "deadline" }
  /** Nobody committed a healthy candidate in its time. */
  | { type: "expired" }
  /** Somebody who knows says that it is dead or unwanted. */
  | { type: "abandoned"; reason: string };

export function newGate(targets: number): GateState {
  return { phase: "probing", probes: 0, findings: new Array<null>(targets).fill(null) };
}

/**
 * The gate after an event. It opens once every target has passed; nothing opens it again once
 * it is closed.
 *
 * @param targets names of the targets, for evidence where no probe has any
 * @param afterMs time since the gate was made
 */
export function gateAfter(
  state: GateState,
  event: GateEvent,
  targets: readonly string[],
  afterMs: number,
): GateState {
  if (state.phase === "closed") return state;
  const { probes } = state;
  switch (event.type) {
    case "probed":
      return state.phase === "probing" ? afterProbe(state, event, afterMs) : state;
    case "deadline":
      if (state.phase === "open") return state;
      return { phase: "closed", afterMs, probes, evidence: evidenceOf(state.findings, targets, afterMs) };
    case "expired":
      if (state.phase === "probing") return state;
      return {
        phase: "closed",
        afterMs,
        probes,
        evidence: abandoned(targets, "nobody committed it in time"),
      };
    case "abandoned":
      return { phase: "closed", afterMs, probes, evidence: abandoned(targets, event.reason) };
  }
}

/** What `prepare` answers; null while the gate is still probing. */
export function verdictOf(state: GateState): PrepareResult | null {
  switch (state.phase) {
    case "probing":
      return null;
    case "open":
      return { state: "healthy", afterMs: state.afterMs, probes: state.probes };
    case "closed": {
      const { afterMs, probes, evidence } = state;
      return { state: "unhealthy", afterMs, probes, evidence };
    }
  }
}

function afterProbe(
  state: Extract<GateState, { phase: "probing" }>,
  event: Extract<GateEvent, { type: "probed" }>,
  afterMs: number,
): GateState {
  const findings = state.findings.with(event.target, event.finding);
  const probes = state.probes + 1;
  const allPassed = findings.every((finding) => finding === "passed");
  return allPassed ? { phase: "open", afterMs, probes } : { phase: "probing", probes, findings };
}

function evidenceOf(
  findings: readonly (Finding | null)[],
  targets: readonly string[],
  afterMs: number,
): Evidence {
  const failing = Math.max(
    0,
    findings.findIndex((finding) => finding !== "passed"),
  );
  const finding = findings[failing];
  if (finding !== undefined && finding !== null && finding !== "passed") return finding;
  // The first probe itself is still waiting for its answer.
  return { target: targets[failing] ?? "", kind: "timeout", timeoutMs: afterMs };
}

function abandoned(targets: readonly string[], reason: string): Evidence {
  return { target: targets[0] ?? "", kind: "abandoned", reason };
}
