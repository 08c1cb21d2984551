import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { h2loadArgs, readH2load } from "./h2load.ts";
import type { Percentiles } from "./percentiles.ts";
import { echoPort, ports, type ServerName } from "./ports.ts";
import type { Tools } from "./tools.ts";
import { readWrk, writeWrkScript, wrkArgs } from "./wrk.ts";

/** What one run of load found. Latencies are milliseconds. */
export interface LoadResult extends Percentiles {
  requests: number;
  perSecond: number;
  failed: number;
}

/** What is asked of a server, by which generator. */
export type Load =
  | {
      tool: "wrk";
      path: string;
      connections: number;
      https?: true;
      /** A connection for each request. */
      newConnections?: true;
      /** Lua, to ask for something else than a GET of `path`, or at another pace. */
      script?: string;
    }
  | { tool: "h2load"; path: string; connections: number; streams: number }
  | { tool: "echo"; connections: number };

/** Where load finds its generators, and may write. */
export interface LoadEdge {
  folder: string;
  tools: Tools;
}

export async function runLoad(
  { folder, tools }: LoadEdge,
  server: ServerName,
  load: Load,
  seconds: number,
): Promise<LoadResult> {
  const { http, https } = ports[server];
  const env = { ...process.env, LD_LIBRARY_PATH: tools.libraries };
  const output = async (command: string, args: string[]) =>
    (await promisify(execFile)(command, args, { env, maxBuffer: 2 ** 24 })).stdout;
  switch (load.tool) {
    case "wrk": {
      const script = writeWrkScript(folder, load.script);
      const url = load.https
        ? `https://127.0.0.1:${https}${load.path}`
        : `http://127.0.0.1:${http}${load.path}`;
      return readWrk(await output(tools.wrk, [...wrkArgs(load, seconds, script), url]));
    }
    case "h2load": {
      const log = join(folder, "h2load.log");
      const url = `https://127.0.0.1:${https}${load.path}`;
      return readH2load(await output(tools.h2load, [...h2loadArgs(load, seconds, log), url]), log);
    }
    case "echo": {
      const program = fileURLToPath(new URL("echo-load-program.ts", import.meta.url));
      const port = server === "origin" ? echoPort : http;
      const told = await output(process.execPath, [program, `${port}`, `${load.connections}`, `${seconds}`]);
      const result = JSON.parse(told) as Omit<LoadResult, "perSecond">;
      return { ...result, perSecond: result.requests / seconds };
    }
  }
}
