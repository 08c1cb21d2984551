import { DeployError } from "../errors/index.ts";
import type { BuilderChoice, BuilderNode } from "./builder.ts";
import type { ProgramEnd } from "./program.ts";

/** Runs `docker` with these arguments. */
export type RunDocker = (...args: string[]) => Promise<ProgramEnd | null>;

/**
 * Makes the chosen builder where it does not exist yet.
 *
 * @throws DeployError BUILDER_MISSING with what buildx said
 */
export async function ensureBuilder(choice: BuilderChoice, docker: RunDocker): Promise<void> {
  if (choice.nodes.length === 0) return;
  const found = await docker("buildx", "inspect", choice.name);
  if (found?.exitCode === 0) return;
  for (const [index, node] of choice.nodes.entries()) {
    const end = await docker(...createArguments(choice, node, index === 0 ? "first" : "further"));
    if (end?.exitCode === 0) continue;
    await docker("buildx", "rm", choice.name);
    throw new DeployError("BUILDER_MISSING", {
      cause: `the builder ${choice.name} could not be made`,
      hint: "see builder in the configuration, and that the machines it names answer",
      details: end?.stderr ?? [],
      state: "unchanged",
    });
  }
}

/** `docker …` arguments that make a builder, or add one more machine to it. */
function createArguments(choice: BuilderChoice, node: BuilderNode, which: "first" | "further"): string[] {
  return [
    "buildx",
    "create",
    `--name=${choice.name}`,
    `--driver=${choice.driver}`,
    ...(which === "further" ? ["--append"] : []),
    ...(node.platforms.length === 0 ? [] : [`--platform=${node.platforms.join(",")}`]),
    ...(node.endpoint === null ? [] : [node.endpoint]),
  ];
}
