import { resolve } from "node:path";
import type { Workspace } from "../config/workspace.ts";
import { DeployError } from "../errors/index.ts";
import { type Assignment, parseDotenv } from "./parse.ts";

/** Where secrets were looked for, and what was found. Paths are relative to the project. */
export interface SecretFiles {
  searched: string[];
  found: string[];
  assignments: Assignment[];
  /** Without any secrets file a project may still have them in `.env` and the environment, as with Kamal 1. */
  fromEnvironment: boolean;
  /** A file that is there, and that is not read because there is a destination. */
  passedOver: string | null;
}

/** Folders with secrets, ours first; the first that has any is the one. */
const places = [".cutover/secrets", ".kamal/secrets"];

/**
 * `PATH-common`, then `PATH`, or `PATH.DESTINATION` where there is a destination; the later wins.
 *
 * @throws DeployError SECRETS_INVALID
 */
export async function readSecretFiles(
  workspace: Workspace,
  request: { secretsPath: string | null; destination: string | null },
): Promise<SecretFiles> {
  const bases = request.secretsPath === null ? places : [request.secretsPath];
  const searched: string[] = [];
  for (const base of bases) {
    const candidates = [
      `${base}-common`,
      request.destination === null ? base : `${base}.${request.destination}`,
    ];
    searched.push(...candidates);
    const files = await readAll(workspace, candidates);
    if (files.found.length > 0) return { ...files, searched, fromEnvironment: false, passedOver: null };
  }
  const dotenv = [".env", ...(request.destination === null ? [] : [`.env.${request.destination}`])];
  const files = await readAll(workspace, dotenv);
  const passedOver = request.destination === null ? null : await firstThere(workspace, bases);
  return { ...files, searched: [...searched, ...dotenv], fromEnvironment: true, passedOver };
}

async function firstThere(workspace: Workspace, candidates: readonly string[]): Promise<string | null> {
  for (const file of candidates)
    if ((await workspace.readFile(resolve(workspace.cwd, file))) !== null) return file;
  return null;
}

function unreadable(file: string): DeployError {
  return new DeployError("SECRETS_INVALID", {
    cause: `${file} cannot be read by this user`,
    hint: `ls -l ${file} shows who may`,
    state: "unchanged",
  });
}

async function readAll(
  workspace: Workspace,
  candidates: string[],
): Promise<{ found: string[]; assignments: Assignment[] }> {
  const found: string[] = [];
  const assignments: Assignment[] = [];
  for (const file of candidates) {
    const path = resolve(workspace.cwd, file);
    if ((await workspace.look(path))?.readable === false) throw unreadable(file);
    const text = await workspace.readFile(path);
    if (text === null) continue;
    found.push(file);
    assignments.push(...parseDotenv(text, file));
  }
  return { found, assignments };
}
