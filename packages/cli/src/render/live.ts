import type { Palette } from "./palette.ts";
import type { PhaseProgress, Progress, StepProgress } from "./progress.ts";
import { clip, count, duration, plainLine, withShortHashes } from "./text.ts";

/** The terminal that a frame is made for; 0 where it does not know its size, as one of a CI's often does not. */
export interface FrameSize {
  columns: number;
  rows: number;
}

/** What a terminal of unknown size is taken for. */
const usual: FrameSize = { columns: 80, rows: 24 };

/**
 * What stands on a terminal at one moment. `done` is final and only ever grows, so it can scroll
 * away; `block` changes and is drawn anew over itself.
 */
export interface Frame {
  done: string[];
  block: string[];
}

/** How many of a build's last lines show while it runs. */
const tailShown = 4;

const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/**
 * The frame for what is known so far. A phase that is done is one line; one that runs shows each
 * host and the last lines of what it printed.
 *
 * @param now milliseconds since the epoch
 */
export function frame(progress: Progress, now: number, size: FrameSize, paint: Palette): Frame {
  const fitted = (line: string) => clip(withShortHashes(line), size.columns || usual.columns);
  const heading = progress.startedAt === null ? [] : [headingLine(progress, paint)];
  // In the order in which they ended, so that lines are only ever added at the end.
  const ended = progress.phases
    .filter((phase) => phase.ended !== null)
    .toSorted((a, b) => endOf(a) - endOf(b));
  const running = progress.phases.filter((phase) => phase.ended === null);
  // One row stays free for the cursor, and one for the line that counts what does not fit.
  const room = Math.max(3, (size.rows || usual.rows) - 2);
  const block = running.flatMap((phase) => phaseBlock(phase, progress, now, paint));
  const shown = block.length <= room ? block : [...block.slice(0, room), paint.dim("  …")];
  return {
    done: [...heading, ...ended.map((phase) => phaseDone(phase, paint))].map(fitted),
    block: shown.map(fitted),
  };
}

const endOf = (phase: PhaseProgress) => phase.startedAt + (phase.ended?.ms ?? 0);

function headingLine(progress: Progress, paint: Palette): string {
  const what = [progress.command, progress.service, progress.version].filter(Boolean).join(" ");
  const hosts = progress.hosts.length <= 4 ? progress.hosts.join(", ") : count(progress.hosts.length, "host");
  return paint.bold(what) + (hosts === "" ? "" : paint.dim(` → ${hosts}`));
}

function phaseDone(phase: PhaseProgress, paint: Palette): string {
  const mark = phase.ended?.ok ? paint.good("✓") : paint.bad("✗");
  const notes = new Set(phase.steps.map((step) => step.ended?.note).filter((note) => note != null));
  const note = notes.size === 0 ? "" : paint.dim(` · ${[...notes].join(" · ")}`);
  return `${mark} ${column(phase.title)} ${paint.dim(duration(phase.ended?.ms ?? 0).padStart(8))}${note}`;
}

function phaseBlock(phase: PhaseProgress, progress: Progress, now: number, paint: Palette): string[] {
  const turn = spinner[Math.floor(now / 80) % spinner.length] ?? "·";
  const elapsed = duration(Math.max(0, now - phase.startedAt)).padStart(8);
  const title = `${paint.accent(turn)} ${paint.bold(column(phase.title))} ${paint.dim(elapsed)}`;
  const hosts = lastStepByHost(phase);
  const width = Math.max(0, ...hosts.map((step) => step.host?.length ?? 0));
  // What runs on this machine, such as a build, is a phase without hosts.
  const tail =
    phase.hosts.length === 0 ? progress.tail.filter((line) => line.host === null).slice(-tailShown) : [];
  return [
    title,
    ...hosts.map((step) => stepLine(step, width, now, paint)),
    ...tail.map((line) => paint.dim(`    │ ${plainLine(line.text)}`)),
  ];
}

/** Of each host what it does now, or what it did last. */
function lastStepByHost(phase: PhaseProgress): StepProgress[] {
  const last = new Map<string, StepProgress>();
  for (const step of phase.steps) {
    const name = step.host ?? "";
    const before = last.get(name);
    if (before === undefined || before.ended !== null || step.ended === null) last.set(name, step);
  }
  return [...last.values()];
}

function stepLine(step: StepProgress, width: number, now: number, paint: Palette): string {
  const host = width === 0 ? "" : `${(step.host ?? "").padEnd(width)}  `;
  if (step.ended !== null) {
    const mark = step.ended.ok ? paint.good("✓") : paint.bad("✗");
    return `    ${host}${mark} ${step.title} ${paint.dim(step.ended.note ?? duration(step.ended.ms))}`;
  }
  const text = step.text ?? duration(Math.max(0, now - step.startedAt));
  return `    ${host}${paint.accent("·")} ${step.title} ${paint.dim(plainLine(text))}`;
}

/** Titles in one column, so that the times under each other can be compared. */
const column = (title: string) => title.padEnd(34);
