/** `npm run demo`: a deploy on a sandbox of real machines, from nothing to a rollback under traffic. */
import picocolors from "picocolors";
import type { DemoSink } from "./demo/event.ts";
import { type DemoOptions, readOptions, usage } from "./demo/options.ts";
import { jsonRenderer } from "./demo/render-json.ts";
import { linesRenderer } from "./demo/render-lines.ts";
import { liveRenderer } from "./demo/render-live.ts";
import { runDemo } from "./demo/run.ts";
import { faultOf } from "./fault.ts";
import { interruptSignal } from "./interrupt.ts";

const DEFAULT_COLUMNS = 80;
const interrupt = interruptSignal((line) => console.error(line));

process.exitCode = await main().catch((error: unknown) => {
  const { lines, exitCode } = faultOf(error);
  for (const line of lines) console.error(line);
  return exitCode;
});

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    console.log(usage);
    return 0;
  }
  return runDemo(options, rendererFor(options), interrupt);
}

function rendererFor(options: DemoOptions): DemoSink {
  const write = (text: string) => void process.stdout.write(text);
  if (options.output === "json") return jsonRenderer(write);
  if (!process.stdout.isTTY)
    return linesRenderer((line) => console.log(line), picocolors.createColors(picocolors.isColorSupported));
  const terminal = { write, columns: process.stdout.columns || DEFAULT_COLUMNS };
  return liveRenderer(terminal, picocolors, () => performance.now());
}
