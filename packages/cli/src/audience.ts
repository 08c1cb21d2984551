import type { DeployEvent, EventSink } from "@cutover/core";
import { interruption, signalExitCodes } from "./interrupt.ts";
import type { Tells } from "./render/choose.ts";
import { leftBehind } from "./render/left-behind.ts";
import { after, nothingYet } from "./render/progress.ts";
import type { Renderer } from "./render/renderer.ts";
import type { Surroundings } from "./surroundings.ts";

/** Whoever reads along: they are told what happens, can interrupt it, and can go away. */
export interface Audience {
  event: EventSink;
  /** Aborted when they want it to end. */
  signal: AbortSignal;
  /** They want it to end, and have said so otherwise than by a signal. */
  interrupt(): void;
  /** Whether an `error` event has passed. */
  toldOfError(): boolean;
  /** Whether nobody reads any more what the command is asked to write. */
  gone(): boolean;
  /** Stops listening to them. */
  dispose(): void;
}

/** Passes events on to the renderer, and answers Ctrl-C with what is known from them. */
export function audienceOf(renderer: Renderer, tells: Tells, around: Surroundings): Audience {
  let progress = nothingYet;
  let toldOfError = false;
  let gone = false;
  const interrupted = interruption(
    around.signals,
    (reason) => {
      if (tells === "progress")
        renderer.remark(`${reason}: finishing or undoing what is under way (again to end at once)`);
    },
    (reason) => {
      renderer.close();
      for (const line of leftBehind(progress)) renderer.remark(line);
      around.exit(signalExitCodes[reason]);
    },
  );
  // `deploy app logs -f | head` is done when head is; a deploy goes on, also if nobody reads about it.
  const readerLeft = () => {
    if (tells === "progress") return;
    gone = true;
    interrupted.end("SIGTERM");
  };
  around.stdout.on("error", readerLeft);
  return {
    event: (event: DeployEvent) => {
      progress = after(progress, event);
      toldOfError ||= event.type === "error";
      if (!gone) renderer.event(event);
    },
    signal: interrupted.signal,
    interrupt: () => interrupted.end("SIGINT"),
    toldOfError: () => toldOfError,
    gone: () => gone,
    dispose: interrupted.dispose,
  };
}
