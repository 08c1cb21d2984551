import type { Clock } from "@cutover/core";
import { jsonLine } from "./json.ts";
import { nothingToPause, type Renderer, type Sink, writeLines } from "./renderer.ts";

/** Every event as a line of JSON on `out`, and nothing else there. */
export function jsonRenderer(out: Sink, err: Sink, clock: Clock): Renderer {
  return {
    event: (event) => writeLines(out, [jsonLine(event)]),
    result: (command, result) =>
      writeLines(out, [jsonLine({ type: "result", at: clock.now(), command, result: result ?? null })]),
    remark: (line) => writeLines(err, [line]),
    pause: nothingToPause,
    close: () => {},
  };
}
