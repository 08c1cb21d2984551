import { type LineStyle, lineWriter } from "./lines.ts";
import { nothingToPause, type Renderer, type Sink, writeLines } from "./renderer.ts";

/** Plain lines, for whatever is not a terminal: progress to `out`, failures to `err`. */
export function logRenderer(out: Sink, err: Sink, style: LineStyle): Renderer {
  const linesOf = lineWriter(style);
  return {
    event: (event) => writeLines(event.type === "error" ? err : out, linesOf(event)),
    result: (_command, _result, lines) => {
      if (style.detail !== "quiet") writeLines(out, lines);
    },
    remark: (line) => writeLines(err, [line]),
    pause: nothingToPause,
    close: () => {},
  };
}
