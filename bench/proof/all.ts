import { memoryBoundMb } from "../../packages/proxy/proof/clients/bounds.ts";
import type { HostileKind } from "../../packages/proxy/proof/clients/kinds.ts";
import { proveClients } from "../../packages/proxy/proof/clients/prove.ts";
import { proveCrashes } from "../../packages/proxy/proof/crash/prove.ts";
import { proveCutover } from "../../packages/proxy/proof/cutover/prove.ts";
import type { Row } from "../lib/row.ts";
import { proveCodec } from "./codec.ts";
import { clientsRows, codecRows, crashRows, cutoverRows } from "./rows.ts";

/** How much is done when it is done in full. */
const fuzzSeconds = 60;
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

export interface Proved {
  rows: Row[];
  /** One line each. Empty: nothing that must not be was seen. */
  violations: string[];
}

/** What of it is done: `share` of the seconds, kills, operations and rounds, up to 1; of connections always all. */
export interface Order {
  seed: number;
  share: number;
  say(line: string): void;
}

const of = (full: number, share: number) => Math.max(1, Math.round(full * share));

/** The suites, in their order. A row's case begins with its suite's name. */
const suites = {
  async codec({ seed, share, say }: Order): Promise<Proved> {
    say(`codec: every case, then ${of(fuzzSeconds, share)} s of others …`);
    const proof = await proveCodec(seed, of(fuzzSeconds, share));
    return { rows: codecRows(proof), violations: proof.violations };
  },
  async crash({ seed, share, say }: Order): Promise<Proved> {
    say(`crash: ${of(crashes, share)} kills …`);
    const proof = await proveCrashes(seed, of(crashes, share));
    return { rows: crashRows(proof), violations: proof.violations };
  },
  async cutover({ seed, share, say }: Order): Promise<Proved> {
    say(`cutover: ${of(operations, share)} operations …`);
    const proof = await proveCutover(seed, of(operations, share), (done) => {
      if (done % 100 === 0) say(`  ${done} operations`);
    });
    return { rows: cutoverRows(proof), violations: proof.violations };
  },
  async clients({ share, say }: Order): Promise<Proved> {
    const rows: Row[] = [];
    const violations: string[] = [];
    for (const [kind, connections] of hostile) {
      say(`clients: ${connections} ${kind} …`);
      const proof = await proveClients(kind, { connections, rounds: of(rounds, share), measureMs });
      rows.push(...clientsRows(proof, memoryBoundMb(kind, connections)));
      violations.push(...proof.failures.map((failure) => `${kind}: a good client got ${failure}`));
    }
    return { rows, violations };
  },
};

export type SuiteName = keyof typeof suites;
export const suiteNames = Object.keys(suites) as SuiteName[];

/** One suite after another. */
export async function prove(names: readonly SuiteName[], order: Order): Promise<Proved> {
  const all: Proved = { rows: [], violations: [] };
  for (const name of names) {
    const { rows, violations } = await suites[name](order);
    all.rows.push(...rows);
    all.violations.push(...violations);
  }
  return all;
}
