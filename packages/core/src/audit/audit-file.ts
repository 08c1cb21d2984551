import { z } from "zod";
import type { HostFiles } from "../hosts/files.ts";
import { AUDIT_SCHEMA, type AuditEntry } from "./entry.ts";

/** An audit that has grown to this is cut to the newest half: some thousand entries. */
const MOST_BYTES = 1024 * 1024;

/** What of a host's files an audit is made of. */
type AuditStore = Pick<HostFiles, "append" | "read" | "replace">;

/**
 * Adds an entry to a host's audit, and cuts it where it has grown too large. Only one who holds the
 * app's lock may do so, or two could cut at once.
 *
 * @param temporary a name that no one else uses
 */
export async function addToAudit(
  files: AuditStore,
  path: string,
  entry: AuditEntry,
  temporary: string,
): Promise<void> {
  const size = await files.append(path, `${JSON.stringify(entry)}\n`, 0o600);
  if (size <= MOST_BYTES) return;
  const text = (await files.read(path))?.toString("utf8") ?? "";
  await files.replace(path, newestHalf(text), 0o600, temporary);
}

/** The newest entries of a host's audit, oldest first; what cannot be read as one is passed over. */
export async function readAudit(files: Pick<HostFiles, "read">, path: string): Promise<AuditEntry[]> {
  const text = (await files.read(path))?.toString("utf8") ?? "";
  return text.split("\n").flatMap(parseEntry);
}

/** Whole lines, as many from the end as fit half of what is allowed. */
function newestHalf(text: string): string {
  const rest = text.slice(-MOST_BYTES / 2);
  return rest.slice(rest.indexOf("\n") + 1);
}

const known = z.looseObject({ schemaVersion: z.literal(AUDIT_SCHEMA), at: z.number(), command: z.string() });

function parseEntry(line: string): AuditEntry[] {
  try {
    return [known.parse(JSON.parse(line)) as unknown as AuditEntry];
  } catch (error) {
    // The end of a line that a full disk cut off, or one of a later version.
    if (error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}
