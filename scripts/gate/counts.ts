/** How many checks and tests ended which way. Lint, types and dead code are one check each. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 };
export const onePassed: Counts = { ...noCounts, passed: 1 };
export const oneFailed: Counts = { ...noCounts, failed: 1 };

export function sumOf(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    noCounts,
  );
}

/** The last line of a run. Whoever reads a log of it, person or program, reads this line. */
export function summaryLine(counts: Counts): string {
  const line = `${counts.passed} passed, ${counts.failed} failed`;
  return counts.skipped > 0 ? `${line}, ${counts.skipped} skipped` : line;
}

/** A run in which nothing ran has proved nothing, so it does not pass. */
export function isSuccess(counts: Counts): boolean {
  return counts.failed === 0 && counts.passed > 0;
}
