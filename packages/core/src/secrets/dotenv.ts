import type { Environment, Workspace } from "../config/workspace.ts";
import { evaluateValue } from "./evaluate.ts";
import { parseDotenv } from "./parse.ts";

/**
 * Every value of a dotenv file, in order: later lines may use earlier ones, `$(command)` is run.
 *
 * @param file its name for messages
 * @throws DeployError SECRETS_INVALID
 */
export async function readDotenv(
  text: string,
  file: string,
  workspace: Workspace,
  env: Environment,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const assignment of parseDotenv(text, file)) {
    const known = { ...env, ...values };
    values[assignment.name] = await evaluateValue(assignment, {
      workspace,
      env,
      lookup: async (name) => known[name],
    });
  }
  return values;
}
