import type { DeployResult, HostResult, RoleResult } from "@cutover/core";
import { driftLine } from "@cutover/core/plan/words";
import type { Palette } from "./palette.ts";
import { count, duration, withShortHashes } from "./text.ts";

/** What the proxy counted around one switch. */
export type Receipt = NonNullable<RoleResult["receipt"]>;

/** A switch in one line: what became of the requests that were in flight, and what went wrong. */
export function receiptLine(receipt: Receipt, paint: Palette): string {
  const flight =
    receipt.inFlight === 0
      ? "nothing in flight"
      : `${receipt.inFlight} in flight, ${receipt.drained} drained in ${duration(receipt.drainMs)}`;
  const troubles = [
    receipt.cut > 0 && `${receipt.cut} cut at the drain limit`,
    receipt.after.proxyErrors > 0 && `${count(receipt.after.proxyErrors, "error")} by the proxy`,
    receipt.after.targetFailures > 0 && `${count(receipt.after.targetFailures, "failure")} by the app`,
  ].filter((trouble) => trouble !== false);
  const held =
    receipt.held > 0 ? [`${receipt.held} held for ${duration(receipt.longestHoldMs)} at most`] : [];
  const verdict = troubles.length === 0 ? [paint.good("0 failed")] : [paint.caution(troubles.join(", "))];
  return [flight, ...held, ...verdict].join(", ");
}

/** What a deploy, redeploy or rollback came to, short. The whole of it is in `--json`. */
export function resultLines(result: DeployResult, paint: Palette): string[] {
  const name = result.destination === null ? result.service : `${result.service} (${result.destination})`;
  const nothing = result.changed ? "" : ": nothing to do";
  const heading = `${paint.good("✓")} ${paint.bold(`${name} ${result.version}`)} serves on ${hostNames(result)}${nothing}`;
  const took = paint.dim(`in ${duration(result.timings.totalMs)}${spreadOf(result)}`);
  const width = Math.max(0, ...result.hosts.map(({ host }) => host.length));
  const roles = result.hosts.flatMap((done) =>
    hostLines(done, paint).map((line) => `  ${done.host.padEnd(width)}  ${line}`),
  );
  const left = result.leftBehind.map(
    ({ host, cause }) => `  ${paint.caution("!")} ${host} was left behind: ${cause}`,
  );
  return [`${heading} ${took}`, ...roles, ...left].map(withShortHashes);
}

function hostLines({ action, drift, roles }: HostResult, paint: Palette): string[] {
  if (action === "repair") return drift.map((one) => `put right: ${driftLine(one)}`);
  return roles.map((role) => `${role.role}  ${roleLine(role, paint)}`);
}

function roleLine(role: RoleResult, paint: Palette): string {
  const from = role.from === null ? "first deploy" : `from ${role.from}`;
  return role.receipt === null ? from : `${from}: ${receiptLine(role.receipt, paint)}`;
}

/** How far apart hosts switched, where there are several. */
function spreadOf({ hosts, spreadMs }: DeployResult): string {
  return hosts.length < 2 || spreadMs === 0
    ? ""
    : `, switched within ${Math.max(1, Math.round(spreadMs))} ms`;
}

/** Every name while they fit a line, their number after that. */
function hostNames(result: DeployResult): string {
  const names = result.hosts.map(({ host }) => host);
  return names.length <= 4 ? names.join(", ") : count(names.length, "host");
}
