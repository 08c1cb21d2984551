import { memoryBoundMb } from "../../packages/proxy/proof/clients/bounds.ts";
import type { HostileKind } from "../../packages/proxy/proof/clients/kinds.ts";
import { proveClients } from "../../packages/proxy/proof/clients/prove.ts";
import { proveCrashes } from "../../packages/proxy/proof/crash/prove.ts";
import { proveCutover } from "../../packages/proxy/proof/cutover/prove.ts";
import type { Row } from "../lib/row.ts";
import { clientsRows, crashRows, cutoverRows } from "./rows.ts";

/** How much is done when it is done in full. */
const crashes = 500;
const operations = 1_000;
const rounds = 3;
const measureMs = 3_000;
const hostile: [kind: HostileKind, connections: number][] = [
  ["slow heads", 5_000],
  ["slow readers", 100],
  ["header floods", 50],
  ["idle connections", 10_000],
];

export interface AllProved {
  rows: Row[];
  /** One line each. Empty: nothing that must not be was seen. */
  violations: string[];
}

/**
 * One suite after another.
 *
 * @param order `share` of the kills, the operations and the rounds, up to 1; of connections there are always all
 */
export async function proveAll(order: {
  seed: number;
  share: number;
  say(line: string): void;
}): Promise<AllProved> {
  const { seed, share, say } = order;
  const of = (full: number) => Math.max(1, Math.round(full * share));
  const rows: Row[] = [];
  const violations: string[] = [];

  say(`crash: ${of(crashes)} kills …`);
  const crash = await proveCrashes(seed, of(crashes));
  rows.push(...crashRows(crash));
  violations.push(...crash.violations);

  say(`cutover: ${of(operations)} operations …`);
  const cutover = await proveCutover(seed, of(operations), (done) => {
    if (done % 100 === 0) say(`  ${done} operations`);
  });
  rows.push(...cutoverRows(cutover));
  violations.push(...cutover.violations);

  for (const [kind, connections] of hostile) {
    say(`clients: ${connections} ${kind} …`);
    const extent = { connections, rounds: of(rounds), measureMs };
    const clients = await proveClients(kind, extent);
    rows.push(...clientsRows(clients, memoryBoundMb(kind, connections)));
    violations.push(...clients.failures.map((failure) => `${kind}: a good client got ${failure}`));
  }
  return { rows, violations };
}
