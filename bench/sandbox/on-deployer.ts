import { readFile } from "node:fs/promises";
import type { Sandbox } from "../../packages/harness/src/sandbox/sandbox.ts";

const SCRIPT = "/tmp/measure.mjs";

/** How a command ended that was measured on the deployer itself. */
export interface MeasuredCommand {
  exitCode: number;
  ms: number;
  /** The most memory that its own process held, without those it started. */
  peakKb: number;
  /** What it wrote to standard output. */
  output: string;
}

/** Puts the measuring script on the deployer. */
export async function prepareMeasuring(sandbox: Sandbox): Promise<void> {
  await sandbox.deployer.write(SCRIPT, await readFile(new URL("measure.mjs", import.meta.url), "utf8"));
}

/**
 * Runs a command on the deployer, which must succeed.
 *
 * @param command words that bash splits at blanks.
 * @throws Error with the command's output when it fails.
 */
export async function measured(sandbox: Sandbox, command: string): Promise<MeasuredCommand> {
  const ran = await sandbox.deployer.run(`node ${SCRIPT} ${command}`);
  const last = ran.stdout.trim().split("\n").at(-1) ?? "";
  if (ran.exitCode !== 0) throw new Error(`measuring ${command} failed: ${ran.output}`);
  const result = JSON.parse(last) as MeasuredCommand;
  if (result.exitCode !== 0) throw new Error(`${command} ended with ${result.exitCode}: ${result.output}`);
  return result;
}

/** Runs a command several times, one after the other. */
export async function measuredOften(
  sandbox: Sandbox,
  times: number,
  command: string,
): Promise<MeasuredCommand[]> {
  const results: MeasuredCommand[] = [];
  for (let run = 0; run < times; run += 1) results.push(await measured(sandbox, command));
  return results;
}
