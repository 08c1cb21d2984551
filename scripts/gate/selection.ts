import { parseArgs } from "node:util";

/** What every change must pass, in the order in which it runs: what fails fastest comes first. */
export const gateStages = ["lint", "types", "dead-code", "unit", "integration"] as const;
/** `proof` runs only when asked for: its stories wait out real time limits. */
const stageNames = [...gateStages, "proof"] as const;
export type StageName = (typeof stageNames)[number];

/** What the command line asked for: which stages, and which test files within them (all, when empty). */
export interface Selection {
  stages: StageName[];
  files: string[];
}

/**
 * Reads `[--only STAGE[,STAGE...]] [FILE...]`. Stages run in their own order, however they were named.
 *
 * @throws RangeError, with a sentence for the user, on an unknown stage or flag.
 */
export function readSelection(args: readonly string[]): Selection {
  const { values, positionals } = parse(args);
  const wanted: readonly string[] = values.only === undefined ? gateStages : values.only.split(",");
  const unknown = wanted.find((name) => !stageNames.some((stage) => stage === name));
  if (unknown !== undefined)
    throw new RangeError(`"${unknown}" is no stage. The stages are ${stageNames.join(", ")}.`);
  return { stages: stageNames.filter((stage) => wanted.includes(stage)), files: positionals };
}

/** Stages in two lanes that run side by side: those that compute, and those that wait for machines. */
export function inLanes(stages: readonly StageName[]): { quick: StageName[]; onMachines: StageName[] } {
  const needsMachines = (name: StageName) => name === "integration" || name === "proof";
  return {
    quick: stages.filter((name) => !needsMachines(name)),
    onMachines: stages.filter(needsMachines),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { only: { type: "string" } } });
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
