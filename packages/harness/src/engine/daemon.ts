import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { HarnessError } from "../harness-error.ts";
import { command, mustRun } from "../process/command.ts";
import { askEngine } from "./ask.ts";
import type { EngineFolders } from "./folders.ts";
import { outgoingMtu } from "./mtu.ts";

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const LOOK_AGAIN_MS = 50;

/** With which rights, and in which environment, the engine is run. */
export interface DaemonContext {
  power: "root" | "sudo";
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/**
 * Starts dockerd, apart from this process, and waits until it answers.
 *
 * @throws HarnessError `ENGINE_FAILED` with the end of its log.
 */
export async function startDaemon(folders: EngineFolders, context: DaemonContext): Promise<void> {
  const { env, signal } = context;
  await clearAway(folders, context);
  const doing = { doing: "Making the engine's folder", code: "ENGINE_FAILED" } as const;
  const [mkdir, ...mkdirArgs] = withPower(context, ["mkdir", "-p", "-m", "0711", folders.run]);
  await mustRun(doing, mkdir, mkdirArgs, { signal });

  const [program, ...args] = withPower(context, [
    "dockerd",
    ...["--host", folders.host],
    ...["--data-root", folders.data],
    ...["--exec-root", `${folders.run}/exec`],
    ...["--pidfile", folders.pidFile],
    ...["--group", String(process.getgid?.() ?? 0)],
    ...["--mtu", String(await outgoingMtu())],
  ]);
  const log = await open(folders.log, "w");
  const daemon = spawn(program, args, { env, detached: true, stdio: ["ignore", log.fd, log.fd] });
  let ended: string | null = null;
  daemon.on("error", (error) => {
    ended = error.message;
  });
  daemon.on("exit", (code, by) => {
    ended = `ended with ${by ?? code}`;
  });
  daemon.unref();
  await log.close();

  try {
    await untilItAnswers(folders, signal, () => ended);
  } catch (error) {
    // It may be too early for a process id to have been written down.
    daemon.kill();
    throw error;
  }
}

/**
 * Makes way for a new daemon where none answers: ends one that hangs, and strikes out the process id
 * of one that was killed, which may be another program's by now. dockerd refuses to start over either.
 */
async function clearAway(folders: EngineFolders, context: DaemonContext): Promise<void> {
  await stopDaemon(folders, context);
  const doing = { doing: "Removing a dead engine's process id", code: "ENGINE_FAILED" } as const;
  const [rm, ...rmArgs] = withPower(context, ["rm", "-f", folders.pidFile]);
  await mustRun(doing, rm, rmArgs, { signal: context.signal });
}

async function untilItAnswers(
  folders: EngineFolders,
  signal: AbortSignal,
  ended: () => string | null,
): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while ((await askEngine(folders.host)) !== "answers") {
    signal.throwIfAborted();
    const how = ended();
    if (how !== null) throw await failed(folders, `dockerd ${how}`);
    if (performance.now() > deadline) {
      throw await failed(folders, `dockerd did not answer within ${START_TIMEOUT_MS / 1000} s`);
    }
    await pause(LOOK_AGAIN_MS);
  }
}

/** Stops dockerd and waits until it has gone. Its containers stop with it. */
export async function stopDaemon(
  folders: EngineFolders,
  context: Pick<DaemonContext, "power">,
): Promise<void> {
  const pid = Number(await readFile(folders.pidFile, "utf8").catch(() => ""));
  if (!pid || !(await isOurs(pid, folders))) return;
  await signalled(context, "TERM", pid);
  const deadline = performance.now() + STOP_TIMEOUT_MS;
  while (await lives(pid)) {
    if (performance.now() > deadline) {
      await signalled(context, "KILL", pid);
      return;
    }
    await pause(LOOK_AGAIN_MS);
  }
}

/** A process id outlives its process, and is given to another one in time. */
async function isOurs(pid: number, folders: EngineFolders): Promise<boolean> {
  const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return words.split("\0").includes(folders.pidFile);
}

async function signalled(context: Pick<DaemonContext, "power">, signal: string, pid: number): Promise<void> {
  const [kill, ...args] = withPower(context, ["kill", "-s", signal, String(pid)]);
  await command(kill, args);
}

async function lives(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  // A daemon whose starter has not yet been told stays behind as a zombie, which holds nothing.
  return status !== null && !/\) Z /.test(status);
}

/** sudo forgets most of the environment, so what the engine needs is handed over by name. */
function withPower(
  context: { power: "root" | "sudo"; env?: NodeJS.ProcessEnv },
  line: string[],
): [string, ...string[]] {
  const [program = "", ...args] = line;
  if (context.power === "root") return [program, ...args];
  const kept = ["PATH", "LD_LIBRARY_PATH", "XTABLES_LIBDIR"].flatMap((name) => {
    const value = context.env?.[name];
    return value === undefined ? [] : [`${name}=${value}`];
  });
  return ["sudo", "--non-interactive", "env", ...kept, program, ...args];
}

async function failed(folders: EngineFolders, cause: string): Promise<HarnessError> {
  const log = await readFile(folders.log, "utf8").catch(() => "");
  const lines = log.trim().split("\n").slice(-8);
  if (/no space left on device/i.test(log)) {
    return new HarnessError("DISK_FULL", {
      cause: `The engine could not start: no room is left where ${folders.data} is`,
      hint: "Make room there, or name another cache folder with CUTOVER_CACHE.",
      details: lines,
    });
  }
  return new HarnessError("ENGINE_FAILED", {
    cause: `The Docker engine did not start: ${cause}`,
    hint: `Its log is ${folders.log}`,
    details: lines,
  });
}
