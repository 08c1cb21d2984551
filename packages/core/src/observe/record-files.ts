import { z } from "zod";
import { DeployError } from "../errors/index.ts";
import type { HostFiles } from "../hosts/files.ts";
import { RECORD_SCHEMA, type ReleaseRecord } from "../release/record.ts";
import type { StateFolders } from "../release/state-folders.ts";
import type { ActiveRelease } from "./host-state.ts";

const versioned = z.looseObject({ schemaVersion: z.number() });

/** Every release that was written down on a host, newest first. Half-made ones are passed over. */
export async function readRecords(files: HostFiles, folders: StateFolders): Promise<ReleaseRecord[]> {
  const ids = await files.list(folders.releases);
  const releases = ids.filter((id) => !id.startsWith("."));
  const texts = await Promise.all(releases.map((id) => files.read(folders.record(id))));
  return texts
    .flatMap((text) => (text === null ? [] : [parse<ReleaseRecord>(text, "a release's record")]))
    .sort((a, b) => b.createdAt - a.createdAt);
}

/** Which release serves on a host by the last commit; null before the first. */
export async function readActive(files: HostFiles, folders: StateFolders): Promise<ActiveRelease | null> {
  const text = await files.read(folders.active);
  return text === null ? null : parse<ActiveRelease>(text, "the note of the active release");
}

/** The file is our own and written whole; what has to be found out is whether we are too old for it. */
function parse<T extends { schemaVersion: number }>(text: Buffer, what: string): T {
  const data = versioned.parse(JSON.parse(text.toString("utf8")));
  if (data.schemaVersion > RECORD_SCHEMA)
    throw new DeployError("INTERNAL", {
      cause: `${what} was written by a newer version of Cutover`,
      hint: "update Cutover here",
      state: "unchanged",
    });
  return data as unknown as T;
}
