import { addAbortSignal, PassThrough, pipeline, type Readable } from "node:stream";

/**
 * What comes from a stream until it ends or the signal is aborted; then reading it throws, also where
 * the stream itself is on a connection that died and would never end.
 */
export function untilAborted(source: Readable, signal: AbortSignal): Readable {
  const passed = new PassThrough();
  // Whoever reads is told of an error by what they read, also where they begin after it.
  const told = () => undefined;
  passed.on("error", told);
  pipeline(source, passed, told);
  return addAbortSignal(signal, passed);
}
