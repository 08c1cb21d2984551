import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { type OwnerState, ownerState, type ProcessIdentity, parseIdentity } from "./identity.ts";
import { startInStat } from "./proc-stat.ts";

function firstThatReads(...readers: (() => string)[]): string {
  for (const read of readers) {
    try {
      return read().trim();
    } catch {
      // The next place is for the systems that lack this one.
    }
  }
  return "";
}

function startOf(pid: number): string | null {
  const start = firstThatReads(
    () => startInStat(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? "",
    () => {
      if (process.platform === "linux") return "";
      const started = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout;
      return started.replaceAll(/\W+/g, "-");
    },
  );
  return start || null;
}

function machine(): string {
  const id = firstThatReads(() => readFileSync("/etc/machine-id", "utf8"));
  const namespace = firstThatReads(() => readlinkSync("/proc/self/ns/pid"));
  return createHash("sha256")
    .update(JSON.stringify([hostname(), id, namespace]))
    .digest("hex")
    .slice(0, 12);
}

/** The process with that number on this machine; this one when left out. Null when there is none. */
export function identityOf(pid: number): ProcessIdentity | null {
  const startedAt = startOf(pid);
  if (startedAt === null) return null;
  const boot = firstThatReads(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"));
  return { machine: machine(), boot, pid, startedAt };
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  const identity = identityOf(process.pid);
  // A process that asks about itself is there.
  return identity ?? { machine: machine(), boot: "", pid: process.pid, startedAt: "unknown" };
}

/** What became of the owner written in a label; null when the text names no process. */
export function stateOfOwner(written: string): OwnerState | null {
  const owner = parseIdentity(written);
  return owner && ownerState(owner, thisProcess(), startOf);
}
