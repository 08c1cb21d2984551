import type { Writable } from "node:stream";

/** What the command works with, so that a test can stand in for a terminal. */
export interface Terminal {
  input: NodeJS.ReadableStream;
  output: Writable;
  errors: NodeJS.WritableStream;
}
