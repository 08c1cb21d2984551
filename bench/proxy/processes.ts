import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import type { Tools } from "./tools.ts";

export function run(tools: Tools, command: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, LD_LIBRARY_PATH: tools.libraries };
  return spawn(command, args, { env, stdio: ["ignore", "ignore", "inherit"] });
}

/** Ends it; settles when it has ended, at once when it had before. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Settles when something accepts connections there: on a port of loopback, or on a socket of that path. */
export async function accepting(place: number | string): Promise<void> {
  for (let attempt = 0; attempt < 2_000; attempt += 1) {
    if (await connects(place)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`nothing answers on ${place}`);
}

function connects(place: number | string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(typeof place === "string" ? { path: place } : { port: place, host: "127.0.0.1" });
    socket.on("connect", () => {
      resolve(true);
      socket.destroy();
    });
    socket.on("error", () => resolve(false));
  });
}

/** The first process that a process started and that lives: of nginx and of ours, the one that does the work. */
export function workerOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").trim().split(" ")[0]);
}

/** Processor time so far, in milliseconds. */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
  // utime and stime, in ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory in KB: the most so far, or what it is now. */
export function memoryKb(pid: number, which: "VmHWM" | "VmRSS"): number {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  return Number(new RegExp(`${which}:\\s+(\\d+) kB`).exec(status)?.[1]);
}
