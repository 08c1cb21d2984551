import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunOptions, root, run } from "./command.ts";
import { type Counts, noCounts, oneFailed, sumOf } from "./counts.ts";

/** What is used of the report that vitest's own `json` reporter writes. */
export interface VitestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

const slowestReporter = join(root, "scripts", "gate", "slowest-reporter.ts");

/** Which tests to run and how to show them. */
export interface VitestRun {
  project: "unit" | "integration" | "proof";
  /** `verbose` prints each test as it ends, and the slowest files at the end; `default` each file. */
  reporter: "default" | "verbose";
  files: string[];
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Where its progress goes. Left out: straight to where ours goes. */
  output?: RunOptions["output"];
}

/** Runs one of vitest's projects, and counts its tests. */
export async function runVitest(request: VitestRun): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), "cutover-tests-"));
  const reportFile = join(folder, "report.json");
  try {
    const exitedWell = await run(
      process.execPath,
      [
        join(root, "node_modules", "vitest", "vitest.mjs"),
        "run",
        `--project=${request.project}`,
        `--reporter=${request.reporter}`,
        ...(request.reporter === "verbose" ? [`--reporter=${slowestReporter}`] : []),
        "--reporter=json",
        `--outputFile.json=${reportFile}`,
        ...request.files,
      ],
      {
        signal: request.signal,
        env: environmentIn(folder, request),
        ...(request.output && { output: request.output }),
      },
    );
    return countsOf(await readReport(reportFile), exitedWell);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What unit tests leave in the folder for temporary files goes with the run's own; and Node, which
 * runs them itself, keeps what it has compiled. What others start can outlive the run, and still want
 * that folder.
 */
function environmentIn(folder: string, { project, env }: VitestRun): NodeJS.ProcessEnv {
  if (project !== "unit") return env;
  return { ...env, TMPDIR: folder, NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node") };
}

/**
 * A file that could not be loaded, a failed set-up and an unhandled error fail no test,
 * but they do fail the run: then the run itself counts as one failure.
 */
export function countsOf(report: VitestReport | null, exitedWell: boolean): Counts {
  if (report === null) return oneFailed;
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  const failedOutsideTests = counts.failed === 0 && !(report.success && exitedWell);
  return sumOf([counts, failedOutsideTests ? oneFailed : noCounts]);
}

async function readReport(file: string): Promise<VitestReport | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    // No report: vitest ended before it ran a test, and has said why itself.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return JSON.parse(text) as VitestReport;
}
