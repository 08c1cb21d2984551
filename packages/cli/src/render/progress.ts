import type { DeployEvent } from "@cutover/core";

/** What is known of a command so far: the events, folded. Plain data. */
export interface Progress {
  command: string;
  service: string;
  version: string | null;
  hosts: string[];
  /** Milliseconds since the epoch; null until the command said what it is about to do. */
  startedAt: number | null;
  phases: PhaseProgress[];
  /** The last lines of builds and remote commands, oldest first. */
  tail: OutputLine[];
}

export interface PhaseProgress {
  phase: string;
  title: string;
  hosts: string[];
  startedAt: number;
  /** Null while it runs. */
  ended: { ok: boolean; ms: number } | null;
  steps: StepProgress[];
}

export interface StepProgress {
  host: string | null;
  step: string;
  title: string;
  startedAt: number;
  /** What it last said of itself, such as `12 of 40 MB`. */
  text: string | null;
  ended: { ok: boolean; ms: number; note: string | null } | null;
}

interface OutputLine {
  source: string;
  host: string | null;
  text: string;
}

/** As many lines of output as anybody shows. */
const tailLength = 10;

export const nothingYet: Progress = {
  command: "",
  service: "",
  version: null,
  hosts: [],
  startedAt: null,
  phases: [],
  tail: [],
};

/** The progress after one more event. Events that change nothing about it return it as it is. */
export function after(progress: Progress, event: DeployEvent): Progress {
  switch (event.type) {
    case "command.started":
      return {
        ...progress,
        command: event.command,
        service: event.service,
        version: event.version,
        hosts: event.hosts,
        startedAt: event.at,
      };
    case "phase.started":
      return {
        ...progress,
        phases: [
          ...progress.phases,
          {
            phase: event.phase,
            title: event.title,
            hosts: event.hosts,
            startedAt: event.at,
            ended: null,
            steps: [],
          },
        ],
      };
    case "phase.ended":
      return inPhase(progress, event.phase, (phase) => ({ ...phase, ended: { ok: event.ok, ms: event.ms } }));
    case "step.started":
      return inPhase(progress, event.phase, (phase) => ({
        ...phase,
        steps: [
          ...phase.steps,
          {
            host: event.host,
            step: event.step,
            title: event.title,
            startedAt: event.at,
            text: null,
            ended: null,
          },
        ],
      }));
    case "step.progress":
      return inStep(progress, event, (step) => ({ ...step, text: event.text }));
    case "step.ended":
      return inStep(progress, event, (step) => ({
        ...step,
        ended: { ok: event.ok, ms: event.ms, note: event.note ?? null },
      }));
    case "output": {
      const line = { source: event.source, host: event.host, text: event.text };
      return { ...progress, tail: [...progress.tail.slice(1 - tailLength), line] };
    }
    default:
      return progress;
  }
}

function inPhase(
  progress: Progress,
  name: string,
  change: (phase: PhaseProgress) => PhaseProgress,
): Progress {
  const index = progress.phases.findLastIndex(({ phase }) => phase === name);
  return { ...progress, phases: progress.phases.map((phase, at) => (at === index ? change(phase) : phase)) };
}

function inStep(
  progress: Progress,
  of: { phase: string; host: string | null; step: string },
  change: (step: StepProgress) => StepProgress,
): Progress {
  return inPhase(progress, of.phase, (phase) => {
    const index = phase.steps.findLastIndex(({ host, step }) => host === of.host && step === of.step);
    return { ...phase, steps: phase.steps.map((step, at) => (at === index ? change(step) : step)) };
  });
}
