import { z } from "zod";
import { DeployError } from "../errors/index.ts";
import { RECORD_SCHEMA, type ReleaseRecord } from "../release/record.ts";
import { UNCOMPILED } from "../uncompiled.ts";
import type { ActiveRelease } from "./host-state.ts";

const versioned = z.looseObject({ schemaVersion: z.number() });

/**
 * The releases that were written down on a host, newest first.
 *
 * @param texts their records' files
 * @throws DeployError INTERNAL for one of a newer version of this tool
 */
export function parseRecords(texts: readonly string[]): ReleaseRecord[] {
  return texts
    .map((text) => parseState<ReleaseRecord>(text, "a release's record"))
    .sort((a, b) => b.createdAt - a.createdAt);
}

/**
 * Which release serves on a host by the last commit.
 *
 * @throws DeployError INTERNAL for a note of a newer version of this tool
 */
export function parseActive(text: string): ActiveRelease {
  return parseState<ActiveRelease>(text, "the note of the active release");
}

/**
 * Reads a file that is our own and written whole; what has to be found out is whether we are too old for it.
 *
 * @param what it is, for people
 * @throws DeployError INTERNAL when it was written by a newer version of this tool
 */
export function parseState<T extends { schemaVersion: number }>(text: string, what: string): T {
  const data = versioned.parse(JSON.parse(text), UNCOMPILED);
  if (data.schemaVersion > RECORD_SCHEMA)
    throw new DeployError("INTERNAL", {
      cause: `${what} was written by a newer version of Cutover`,
      hint: "update Cutover here",
      state: "unchanged",
    });
  return data as unknown as T;
}
