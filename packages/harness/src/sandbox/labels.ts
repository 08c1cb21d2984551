import { createHash } from "node:crypto";
import type { SandboxOptions } from "./sandbox.ts";

/** The labels that `docker-compose.yml` puts on every machine. */
export const labels = {
  /** The sandbox's Compose project. */
  sandbox: "cutover.sandbox",
  /** The process it belongs to; empty for one that stays until it is taken down. */
  owner: "cutover.sandbox.owner",
  /** The checkout it was started from. */
  checkout: "cutover.sandbox.checkout",
  /** The machine, as Compose itself labels it. */
  service: "com.docker.compose.service",
} as const;

/**
 * The Compose project of the nth sandbox for a purpose in a checkout. It is the same in every run,
 * so that the volumes of the last run are found again.
 */
export function projectName(checkout: string, purpose: SandboxOptions["purpose"], nth: number): string {
  const place = createHash("sha256").update(checkout).digest("hex").slice(0, 6);
  return `cutover-${place}-${purpose}${nth === 1 ? "" : `-${nth}`}`;
}

/** The first name for a purpose that no sandbox has. */
export function freeProjectName(
  checkout: string,
  purpose: SandboxOptions["purpose"],
  taken: ReadonlySet<string>,
): string {
  let nth = 1;
  while (taken.has(projectName(checkout, purpose, nth))) nth += 1;
  return projectName(checkout, purpose, nth);
}
