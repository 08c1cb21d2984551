import type { HeldLockFacts, LockChange, LockStatus } from "@cutover/core";
import type { Palette } from "../render/palette.ts";
import { duration } from "../render/text.ts";

/** The lock on every host: one paragraph where all hosts say the same. */
export function statusLines({ hosts }: LockStatus, paint: Palette): string[] {
  const errors = hosts.flatMap(({ host, error }) =>
    error === null ? [] : [`${paint.bad("✗")} ${host}: ${error}`],
  );
  const held = hosts.flatMap((one) => (one.held === null ? [] : [one.held]));
  if (held.length === 0) return ["There is no deploy lock", ...errors];
  const free = hosts.filter((one) => one.held === null && one.error === null).map(({ host }) => host);
  const groups = Map.groupBy(held, ({ by, pid, command }) => `${by} ${pid} ${command}`);
  return [
    ...[...groups.values()].flatMap((group) => paragraph(group, paint)),
    ...(free.length === 0 ? [] : [`free on ${free.join(", ")}`]),
    ...errors,
  ];
}

/** What was done about it. */
export function changeLines(now: "locked" | "free", { hosts, broken }: LockChange, paint: Palette): string[] {
  if (hosts.length === 0) return ["There is no deploy lock"];
  const where = `on ${hosts.join(", ")}`;
  if (now === "locked") return [`${paint.good("✓")} locked ${where}; free it with: deploy lock release`];
  const stopped =
    broken.length === 0
      ? []
      : [`${paint.bad("!")} the command that held it was stopped; see what serves: deploy details`];
  return [`${paint.good("✓")} the lock is free ${where}`, ...stopped];
}

/** `anna@laptop (process 812) holds the lock since 12.0 s: deploy of 3f2a1c`. */
export function holderLine({ by, pid, command, version, forMs, message }: HeldLockFacts): string {
  if (message !== null) return `${by} holds the lock by hand since ${duration(forMs)}: ${message}`;
  const what = version === null ? command : `${command} of ${version}`;
  return `${by} (process ${pid}) holds the lock since ${duration(forMs)}: ${what}`;
}

function paragraph(group: readonly HeldLockFacts[], paint: Palette): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { step, remainingMs } = first;
  return [
    paint.bold(holderLine(first)),
    `  on ${group.map(({ host }) => host).join(", ")}`,
    ...(step === null ? [] : [`  at: ${step}`]),
    remainingMs === null
      ? "  until: deploy lock release"
      : `  runs out in ${duration(remainingMs)} unless it is renewed`,
  ];
}
