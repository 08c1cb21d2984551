import { type DemoEvent, type DemoSink, type PartState, type StageResult, stageNames } from "./event.ts";
import { LiveBlock, type Terminal } from "./live-block.ts";
import { linesOf } from "./render-lines.ts";
import type { Colors } from "./words.ts";

/** How often the live lines are drawn anew, in ms. */
const FRAME_MS = 100;
const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** What is shown below the lines that stay, as it is now. */
interface Live {
  stage: { title: string; startedAt: number } | null;
  parts: Map<string, { state: PartState; ms: number }>;
  traffic: { sent: number; failed: number } | null;
}

/**
 * The timeline on a terminal: what has ended stays, and below it lives the stage under way, with its
 * time, the sandbox's parts and the requests so far. `now` gives ms.
 */
export function liveRenderer(terminal: Terminal, colors: Colors, now: () => number): DemoSink {
  const block = new LiveBlock(terminal);
  const stages: StageResult[] = [];
  const live: Live = { stage: null, parts: new Map(), traffic: null };
  const draw = () => block.show(liveLines(live, now(), colors));
  const timer = setInterval(draw, FRAME_MS);
  // The demo's end is not up to its drawing.
  timer.unref();

  return (event) => {
    if (event.type === "stage.ended") stages.push(event);
    const stays = take(event, live, now());
    if (stays) block.print(linesOf(event, stages, colors));
    if (event.type === "summary") clearInterval(timer);
    draw();
  };
}

/** Takes an event into what is live; answers whether its lines stay as well. */
function take(event: DemoEvent, live: Live, now: number): boolean {
  switch (event.type) {
    case "stage.started":
      live.stage = { title: `${stageNames.indexOf(event.name) + 1}  ${event.title}`, startedAt: now };
      return true;
    case "part":
      live.parts.set(event.part, event);
      return event.state === "healthy";
    case "traffic.progress":
      live.traffic = event;
      return false;
    case "traffic.report":
      live.traffic = null;
      return true;
    case "stage.ended":
      live.stage = null;
      live.parts.clear();
      return true;
    default:
      return true;
  }
}

function liveLines(live: Live, now: number, colors: Colors): string[] {
  if (live.stage === null) return [];
  const elapsed = now - live.stage.startedAt;
  const frame = frames[Math.floor(elapsed / FRAME_MS) % frames.length] as string;
  const lines = [...live.parts]
    .filter(([, part]) => part.state === "starting")
    .map(([name]) => `   ${colors.cyan(frame)} ${name}`);
  const traffic =
    live.traffic === null ? "" : `  ${live.traffic.sent} requests, ${live.traffic.failed} failed`;
  lines.push(`   ${colors.cyan(frame)} ${(elapsed / 1000).toFixed(1)} s${traffic}`);
  return lines;
}
