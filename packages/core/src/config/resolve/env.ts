import type { Env, SecretVariable } from "../env.ts";
import type { Path } from "../parse/tree.ts";
import { type EnvFile, envParts, type RootEnvFile } from "../schema/env.ts";
import type { Report } from "./report.ts";

export const emptyEnv: Env = { clear: {}, secret: [] };

/** One `env` of the file. A name in both parts is the clear one's, as with `docker run`. */
export function resolveEnv(file: EnvFile | RootEnvFile | undefined, path: Path, report: Report): Env {
  if (!file) return emptyEnv;
  const { clear: written, secret } = parts(file);
  const clear = filled(written, isParted(file) ? [...path, "clear"] : path, report);
  const secrets = secret.map(secretVariable);
  for (const [index, { name, secret }] of secrets.entries()) {
    const at = [...path, "secret", index];
    if (name === "" || secret === "") report.problem(at, "expected NAME or NAME:SECRET");
    if (name.includes("=")) report.problem(at, IMPOSSIBLE_NAME);
    if (name in clear) report.warning(at, `${name} is also in clear; that one counts`);
  }
  return joined(clear, secrets);
}

/** What is before the first `=` would be the name, and the rest the value of another variable. */
const IMPOSSIBLE_NAME = "a variable's name is not empty and has no = in it";

/** Text by name, with nothing where no value was written, and a warning of it. */
export function filled(
  texts: Record<string, string | null>,
  path: Path,
  report: Report,
): Record<string, string> {
  const entries = Object.entries(texts).map(([name, value]): [string, string] => {
    if (name === "" || name.includes("=")) report.problem([...path, name], IMPOSSIBLE_NAME);
    if (value === null)
      report.warning([...path, name], 'has no value and is set to nothing; "" would say that it is meant');
    return [name, value ?? ""];
  });
  return Object.fromEntries(entries);
}

/** The `env` of each tag. */
export function resolveTags(file: RootEnvFile | undefined, report: Report): Map<string, Env> {
  const tags = new Map<string, Env>();
  for (const [tag, env] of Object.entries(tagsOf(file))) {
    tags.set(tag, resolveEnv(env, ["env", "tags", tag], report));
  }
  return tags;
}

/** Several environments as one; a later one wins. */
export function mergeEnv(...envs: Env[]): Env {
  const secrets = new Map<string, SecretVariable>();
  for (const env of envs) for (const variable of env.secret) secrets.set(variable.name, variable);
  return joined(Object.assign({}, ...envs.map((env) => env.clear)), [...secrets.values()]);
}

function joined(clear: Record<string, string>, secret: SecretVariable[]): Env {
  return { clear, secret: secret.filter(({ name }) => !Object.hasOwn(clear, name)) };
}

function parts(file: EnvFile | RootEnvFile): { clear: Record<string, string | null>; secret: string[] } {
  if (!isParted(file)) return { clear: file as Record<string, string | null>, secret: [] };
  const { clear = {}, secret = [] } = file as { clear?: Record<string, string | null>; secret?: string[] };
  return { clear, secret };
}

function tagsOf(file: RootEnvFile | undefined): Record<string, EnvFile> {
  if (!file || !isParted(file)) return {};
  return (file as { tags?: Record<string, EnvFile> }).tags ?? {};
}

function isParted(file: EnvFile | RootEnvFile): boolean {
  return envParts.some((part) => part in file);
}

function secretVariable(text: string): SecretVariable {
  const colon = text.indexOf(":");
  if (colon < 0) return { name: text.trim(), secret: text.trim() };
  return { name: text.slice(0, colon).trim(), secret: text.slice(colon + 1).trim() };
}
