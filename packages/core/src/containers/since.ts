import { DeployError } from "../errors/index.ts";

const UNIT_SECONDS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Reads a time as `docker logs --since` has it: a span back from now (`90s`, `10m`, `1h30m`, `2d`), a
 * date with or without a time, or seconds since the epoch.
 *
 * @param nowMs milliseconds since the epoch
 * @returns seconds since the epoch, as the Engine API takes it
 * @throws DeployError USAGE for anything else
 */
export function sinceSeconds(text: string, nowMs: number): number {
  if (/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
    const back = parts.reduce(
      (sum, [, count, unit]) => sum + Number(count) * (UNIT_SECONDS[unit ?? ""] ?? 0),
      0,
    );
    return nowMs / 1000 - back;
  }
  if (/^\d{9,}(\.\d+)?$/.test(text)) return Number(text);
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(date)) return date / 1000;
  throw new DeployError("USAGE", {
    cause: `${JSON.stringify(text)} is no time`,
    hint: "write how long ago (90s, 10m, 1h30m, 2d) or a date (2026-11-23T21:00:00Z)",
    state: "unchanged",
  });
}

/**
 * The moment after a log line, so that a log that is opened again begins with the next one.
 *
 * @param at as Docker stamps lines: `2026-11-23T21:00:00.123456789Z`
 * @returns seconds since the epoch with nine decimals; as text, since a number has not that many digits
 */
export function justAfter(at: string): string {
  const [, second = "", fraction = ""] = /^(.{19})(?:\.(\d+))?/.exec(at) ?? [];
  const nanos = BigInt(Date.parse(`${second}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, "0")) + 1n;
  const digits = nanos.toString();
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}
