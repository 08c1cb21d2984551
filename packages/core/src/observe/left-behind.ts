import type { HostFiles } from "../hosts/files.ts";
import type { LeftBehind, LeftHost } from "../plan/left-behind.ts";
import type { StateFolders } from "../release/state-folders.ts";
import { parseState } from "./record-files.ts";

/** Which hosts are noted as left behind on the primary host. */
export async function readLeftBehind(
  files: Pick<HostFiles, "read">,
  folders: StateFolders,
): Promise<LeftHost[]> {
  const text = await files.read(folders.leftBehind);
  return text === null
    ? []
    : parseState<LeftBehind>(text.toString("utf8"), "the note of hosts left behind").hosts;
}
