import { addToAudit } from "../audit/audit-file.ts";
import { AUDIT_SCHEMA, type AuditEntry, type AuditedError } from "../audit/entry.ts";
import { DeployError } from "../errors/index.ts";
import { hostFailure } from "../hosts/failure.ts";
import type { HostBoot } from "../plan/boot.ts";
import { imageByDigest, type Release } from "../release/release.ts";
import type { Memory } from "../steps/memory.ts";
import type { Telling } from "./as-command.ts";
import type { Connected } from "./at-work.ts";
import { roleResults } from "./deploy-result.ts";
import { performer } from "./project.ts";

/** What is being done, for the audit of each host. */
export interface Audited {
  release: Release;
  boots: readonly HostBoot[];
  memory: Memory;
}

/**
 * Does something to hosts and writes down on each, well or failed, what came of it. The app's lock
 * has to be held. What cannot be written is a warning: it changes nothing of what was done.
 */
export async function audited<R>(work: () => Promise<R>, what: Audited, at: Connected): Promise<R> {
  const keep = (error: AuditedError | null) =>
    Promise.all(what.boots.map((boot) => keepOn(boot, error, what, at)));
  let result: R;
  try {
    result = await work();
  } catch (error) {
    // Without the lock nothing may be written any more.
    if (!(error instanceof DeployError) || error.code !== "LOCK_LOST")
      await keep(auditedError(error, at.telling));
    throw error;
  }
  await keep(null);
  return result;
}

async function keepOn(
  boot: HostBoot,
  error: AuditedError | null,
  { release, memory }: Audited,
  { fleet, context, project, telling }: Connected,
): Promise<void> {
  const name = boot.state.host;
  const host = fleet.host(name);
  if (host.lost.aborted) return;
  const entry: AuditEntry = {
    schemaVersion: AUDIT_SCHEMA,
    at: context.clock.now(),
    command: telling.command,
    by: performer(context),
    toolVersion: context.toolVersion,
    release: release.id,
    version: release.version,
    image: imageByDigest(release.image),
    error,
    ms: telling.elapsedMs(),
    phases: [...telling.phases],
    roles: roleResults(boot, memory),
    pruned: memory.pruned.get(name) ?? { containers: [], images: [] },
    message: null,
  };
  try {
    await addToAudit(await host.files(), project.folders.audit, entry, context.random.hex(8));
  } catch (failed) {
    const { cause } = hostFailure(name, "write the audit", failed).facts;
    telling.emit({ type: "warning", host: name, message: `the audit could not be written: ${cause}` });
  }
}

function auditedError(error: unknown, { phases }: Telling): AuditedError {
  const cause = error instanceof Error ? error.message : String(error);
  const phase = phases.find(({ ok }) => !ok)?.phase ?? null;
  if (!(error instanceof DeployError))
    return { code: "INTERNAL", exitCode: 80, cause, state: null, phase, host: null };
  const { state, host } = error.facts;
  return {
    code: error.code,
    exitCode: error.exitCode,
    cause,
    state: state ?? null,
    phase,
    host: host ?? null,
  };
}
