import { readFile } from "node:fs/promises";
import type { Sandbox } from "../../packages/harness/src/sandbox/sandbox.ts";

const SCRIPT = "/tmp/count-turns.cjs";
const RESULT = "/tmp/turns.json";

/** How a command ended whose conversations with its hosts were counted. */
export interface Counted {
  ran: Awaited<ReturnType<Sandbox["deployer"]["run"]>>;
  /** For each host, the turns of each SSH connection to it. */
  turns: number[][];
}

/** Runs a command on the deployer, and counts its SSH connections and the round trips on each. */
export async function countingTurns({ deployer }: Sandbox, command: string): Promise<Counted> {
  await deployer.write(SCRIPT, await readFile(new URL("count-turns.cjs", import.meta.url), "utf8"));
  const ran = await deployer.run(`TURNS_FILE=${RESULT} NODE_OPTIONS='--require ${SCRIPT}' ${command}`);
  const byHost = JSON.parse((await deployer.run(`cat ${RESULT}`)).stdout) as Record<string, number[]>;
  return { ran, turns: Object.values(byHost) };
}
