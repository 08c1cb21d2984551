import type { Globals } from "../arguments/globals.ts";
import type { Surroundings } from "../surroundings.ts";
import { jsonRenderer } from "./json-renderer.ts";
import { liveRenderer } from "./live-renderer.ts";
import { logRenderer } from "./log-renderer.ts";
import { outputRenderer } from "./output-renderer.ts";
import { palette, wantsColor } from "./palette.ts";
import type { Renderer } from "./renderer.ts";

/** What a command has to tell: how its work gets on, or only what it found. */
export type Tells = "progress" | "output";

/** The palette for what is written to standard output. */
export function outputPalette(globals: Globals, { env, stdout }: Surroundings) {
  return palette(wantsColor(globals.color ?? "auto", env, stdout.isTTY === true));
}

/** The renderer that suits the command, the options and whoever is looking. */
export function rendererFor(tells: Tells, globals: Globals, around: Surroundings): Renderer {
  const { stdout, stderr, clock, env } = around;
  const paint = outputPalette(globals, around);
  if (globals.json) return jsonRenderer(stdout, stderr, clock);
  if (tells === "output") return outputRenderer(stdout, stderr, paint);
  const detail = globals.quiet ? "quiet" : globals.verbose ? "verbose" : "normal";
  const canRedraw = stdout.isTTY === true && env["TERM"] !== "dumb";
  if (canRedraw && detail === "normal") return liveRenderer(stdout, stderr, paint, clock);
  const utcOffsetMinutes = -new Date(clock.now()).getTimezoneOffset();
  return logRenderer(stdout, stderr, { detail, paint, utcOffsetMinutes });
}
