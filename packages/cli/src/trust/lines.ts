import type { TrustResult } from "@cutover/core";
import type { Palette } from "../render/palette.ts";

/** What became of a host's key. */
export function trustLines(result: TrustResult, paint: Palette): string[] {
  if (result.writtenTo !== null) {
    return [
      `${paint.good("✓")} ${result.host} ${result.fingerprint} is trusted, kept in ${result.writtenTo}`,
    ];
  }
  if (result.before === "same") {
    return [`${paint.good("✓")} ${result.host} ${result.fingerprint} is trusted already`];
  }
  return [`${paint.bad("✗")} ${result.host} is not trusted; nothing was written`];
}
