import { posix } from "node:path";
import type { HostFiles } from "../hosts/files.ts";
import type { Fleet } from "../hosts/fleet.ts";
import type { StateFolders } from "../release/state-folders.ts";
import { type Journal, parseJournal } from "./entry.ts";

/** What of a host's files journals are made of. */
type JournalStore = Pick<HostFiles, "list" | "read">;

/** Every journal on a host. Those that cannot be read are of another version, or were never begun. */
async function readJournals(files: JournalStore, folders: StateFolders): Promise<Journal[]> {
  const names = (await files.list(folders.journals)).filter((name) => name.endsWith(".jsonl"));
  const texts = await Promise.all(names.map((name) => files.read(posix.join(folders.journals, name))));
  return texts.flatMap((text) => {
    const journal = text === null ? null : parseJournal(text.toString("utf8"));
    return journal === null ? [] : [journal];
  });
}

/** The journals of every host, by its name. */
export async function journalsOf(fleet: Fleet, folders: StateFolders): Promise<Map<string, Journal[]>> {
  const each = fleet.hosts.map(async ({ name }) => {
    const journals = await fleet.on(name, async (host) => readJournals(await host.files(), folders));
    return [name, journals] as const;
  });
  return new Map(await Promise.all(each));
}
