import { dial } from "../control/dial.ts";
import { Flags } from "./flags.ts";
import { socketFlag, socketOf } from "./socket-flag.ts";
import type { Terminal } from "./terminal.ts";

/** `dial`: joins a terminal's streams to the control socket. */
export async function dialFrom(args: readonly string[], { input, output }: Terminal): Promise<number> {
  await dial(socketOf(new Flags(args, socketFlag)), input, output);
  return 0;
}
