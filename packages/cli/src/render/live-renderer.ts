import type { Clock } from "@cutover/core";
import { failureLines } from "./failure.ts";
import { frame } from "./live.ts";
import type { Palette } from "./palette.ts";
import { after, nothingYet } from "./progress.ts";
import { type Renderer, type Sink, writeLines } from "./renderer.ts";
import { Screen } from "./screen.ts";

/** How often a running clock is drawn, in milliseconds: often enough to look alive. */
const redrawMs = 80;

/** What a live block needs of a terminal. */
export interface LiveTerminal extends Sink {
  columns: number;
  rows: number;
}

/** One live block on a terminal; failures go to `err` below it, with their evidence. */
export function liveRenderer(terminal: LiveTerminal, err: Sink, paint: Palette, clock: Clock): Renderer {
  const screen = new Screen(terminal);
  let progress = nothingYet;
  let open = true;
  const draw = () => {
    if (open) screen.draw(frame(progress, clock.now(), terminal, paint));
  };
  const timer = setInterval(draw, redrawMs);
  timer.unref();
  const close = () => {
    open = false;
    clearInterval(timer);
    screen.close();
  };
  return {
    event: (event) => {
      progress = after(progress, event);
      draw();
      if (event.type === "warning") {
        const hint = event.hint ? `(${event.hint})` : "";
        screen.write([[paint.caution("!"), event.host, event.message, hint].filter(Boolean).join(" ")]);
      }
      if (event.type === "error") {
        close();
        writeLines(err, failureLines(event.error, paint));
      }
    },
    result: (_command, _result, lines) => {
      close();
      writeLines(terminal, lines);
    },
    remark: (line) => screen.write([line]),
    pause: () => {
      open = false;
      screen.close();
      return () => {
        open = true;
      };
    },
    close,
  };
}
