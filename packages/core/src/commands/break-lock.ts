import { addToAudit } from "../audit/audit-file.ts";
import { AUDIT_SCHEMA, type AuditEntry } from "../audit/entry.ts";
import type { Host } from "../hosts/host.ts";
import { breakLock } from "../lock/by-hand.ts";
import type { LockFiles } from "../lock/lock-files.ts";
import type { Holder } from "../lock/record.ts";
import type { Telling } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { HeldLockFacts } from "./lock-options.ts";
import type { Project } from "./project.ts";

/**
 * Breaks the lock of a command at work on one host, and writes down there who did so.
 *
 * @param held whose it is
 * @param holder ourselves
 */
export async function breakOn(
  host: Host,
  files: LockFiles,
  held: HeldLockFacts,
  holder: Holder,
  context: CommandContext,
  { folders }: Project,
  telling: Telling,
): Promise<void> {
  const whose = `${held.by}, process ${held.pid} (${held.command})`;
  telling.emit({
    type: "warning",
    host: host.name,
    message: `breaking the lock of ${whose}`,
    hint: "it is free when nothing of that command can act any more, half a minute at most",
  });
  await breakLock(files, holder, context, context.signal, async () => {
    const entry: AuditEntry = {
      schemaVersion: AUDIT_SCHEMA,
      at: context.clock.now(),
      command: telling.command,
      by: holder.by,
      toolVersion: context.toolVersion,
      release: null,
      version: held.version,
      image: null,
      error: null,
      ms: telling.elapsedMs(),
      phases: [],
      roles: [],
      pruned: { containers: [], images: [] },
      message: `broke the lock of ${whose}`,
    };
    await addToAudit(await host.files(), folders.audit, entry, context.random.hex(8));
  });
}
