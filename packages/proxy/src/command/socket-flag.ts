import { controlSocketPath } from "../control/protocol.ts";
import type { Flags } from "./flags.ts";

/** Where a running proxy is reached, if not at the usual place. */
export const socketFlag = { socket: { type: "string" } } as const;

export function socketOf(flags: Flags): string {
  return flags.text("socket") ?? controlSocketPath;
}
