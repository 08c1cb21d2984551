import { fenceOf, judge, parseLockRecord } from "../lock/record.ts";
import type { LockState } from "./host-state.ts";
import type { LookAnswer } from "./look-script.ts";

/** Who holds the app's lock, by the host's own clock; null: nobody. */
export function lockHeldNow({ locks, uptime, bootId }: LookAnswer): LockState | null {
  const numbered = [...locks].flatMap(([name, text]) => {
    const fence = fenceOf(name);
    return fence === null ? [] : [{ fence, text }];
  });
  const highest = numbered.toSorted((a, b) => b.fence - a.fence)[0];
  const record = highest === undefined ? null : parseLockRecord(highest.text);
  const verdict = judge(record, { bootId, uptimeMs: Math.floor(Number.parseFloat(uptime) * 1000) });
  if (record === null || verdict.kind === "free") return null;
  const { by, command, version } = record.holder;
  return { by, command, version, forMs: verdict.forMs };
}
