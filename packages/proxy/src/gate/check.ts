import type { Evidence } from "../control/protocol.ts";
import type { Release } from "../control/settings.ts";
import type { Probe } from "./probe.ts";

/** Asks every target of a release once, at the same time; what the first failing one showed, or null. */
export async function findFailing(release: Release, probe: Probe): Promise<Evidence | null> {
  const { targets, health } = release;
  const findings = await Promise.all(targets.map((target) => probe(target, health, health.timeoutMs)));
  for (const finding of findings) if (finding !== "passed") return finding;
  return null;
}
