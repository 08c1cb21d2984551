import { failureLines } from "./failure.ts";
import type { Palette } from "./palette.ts";
import { nothingToPause, type Renderer, type Sink, writeLines } from "./renderer.ts";
import { withShortHashes } from "./text.ts";

/**
 * For commands that are asked for something rather than to do something: only what they found is
 * written, as it came, so that it can be piped. Where it came from is said when it is several hosts.
 */
export function outputRenderer(out: Sink, err: Sink, paint: Palette): Renderer {
  let hosts = 1;
  const prefix = (host: string | null, source: string) =>
    hosts > 1 ? `${paint.accent(host ?? "-")} ${paint.dim(withShortHashes(source))} ` : "";
  return {
    event: (event) => {
      if (event.type === "command.started") hosts = event.hosts.length;
      if (event.type === "error") writeLines(err, failureLines(event.error, paint));
      if (event.type === "warning") {
        writeLines(err, [`${paint.caution("!")} ${event.message}${event.hint ? ` (${event.hint})` : ""}`]);
      }
      if (event.type === "output") {
        writeLines(event.stream === "stdout" ? out : err, [prefix(event.host, event.source) + event.text]);
      }
    },
    result: (_command, _result, lines) => writeLines(out, lines),
    remark: (line) => writeLines(err, [line]),
    pause: nothingToPause,
    close: () => {},
  };
}
