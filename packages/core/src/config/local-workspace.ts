import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, readdir, readFile, stat } from "node:fs/promises";
import type { ProgramResult, RunOptions, Workspace } from "./workspace.ts";

/** The machine this process runs on, seen from a project's folder (an absolute path). */
export function localWorkspace(place: { cwd: string; env: Workspace["env"] }): Workspace {
  return {
    ...place,
    architecture: process.arch === "arm64" ? "arm64" : "amd64",
    readFile: readText,
    list,
    look,
    run,
  };
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    // A folder is no file: `.env` is one where Python lives in it.
    if (isAbsent(error) || isFolder(error)) return null;
    throw error;
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

async function look(path: string): ReturnType<Workspace["look"]> {
  try {
    const found = await stat(path);
    const [readable, executable] = [await may(path, constants.R_OK), await may(path, constants.X_OK)];
    return { kind: found.isDirectory() ? "directory" : "file", readable, executable };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

async function may(path: string, what: number): Promise<boolean> {
  return access(path, what).then(
    () => true,
    () => false,
  );
}

function run(program: string, args: string[], options: RunOptions): Promise<ProgramResult | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, env: { ...options.env } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", (error) => (isAbsent(error) ? resolve(null) : reject(error)));
    child.on("close", (exitCode) => {
      resolve({ exitCode, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
    // A program that does not read its input closes it; that is its right.
    child.stdin.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") reject(error);
    });
    child.stdin.end(options.stdin);
  });
}

function isFolder(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EISDIR";
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
