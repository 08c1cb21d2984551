import type { DemoSink } from "./event.ts";

/** Each event as one line of JSON. */
export function jsonRenderer(write: (text: string) => void): DemoSink {
  return (event) => write(`${JSON.stringify(event)}\n`);
}
