/** A test file, and what it took with its hooks. */
export interface TimedFile {
  /** Its path within the repository. */
  path: string;
  ms: number;
  tests: number;
}

/** How many files are worth a line. */
const SHOWN = 12;

/**
 * The files that took longest, one line each, so that whoever adds a test sees what it costs. Not a
 * test: a machine may be busy.
 *
 * @param budgetMs what all of them may take together on a quiet machine of two cores
 */
export function slowestFiles(files: readonly TimedFile[], budgetMs: number): string[] {
  const total = files.reduce((sum, { ms }) => sum + ms, 0);
  const slowest = [...files].sort((a, b) => b.ms - a.ms).slice(0, SHOWN);
  const verdict = total > budgetMs ? `over the budget of ${seconds(budgetMs)}` : `of ${seconds(budgetMs)}`;
  return [
    `${files.length} files took ${seconds(total)} ${verdict}; the slowest:`,
    ...slowest.map(({ path, ms, tests }) => {
      const share = `${Math.round((100 * ms) / Math.max(total, 1))}%`.padStart(4);
      return `${seconds(ms).padStart(8)} ${share}  ${path} (${tests} ${tests === 1 ? "test" : "tests"})`;
    }),
  ];
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
