import { writeSync } from "node:fs";
import { type Disk, type DiskFile, realDisk } from "../../src/state/disk.ts";

/**
 * The real disk, until just before the `point`-th thing done to it: then the process is killed, as
 * `kill -9` does it, having said where. A file that is written counts twice: killed before it, and
 * with half of it written.
 *
 * @param point counted from 1; 0 is never
 */
export function crashingDisk(point: number): Disk {
  if (point === 0) return realDisk;
  let reached = 0;
  const crashIfHere = (name: string): Promise<void> | undefined => {
    reached += 1;
    return reached === point ? crash(name) : undefined;
  };
  return {
    async mkdir(path, options) {
      await crashIfHere("before the folder is made");
      return realDisk.mkdir(path, options);
    },
    async open(path, flags, mode) {
      const what = flags === "r" ? "the folder" : "the file";
      await crashIfHere(`before ${what} is opened`);
      return crashingFile(await realDisk.open(path, flags, mode), what, crashIfHere);
    },
    async rename(from, to) {
      await crashIfHere(`before ${from.split("/").at(-1)} is renamed`);
      return realDisk.rename(from, to);
    },
  };
}

function crashingFile(
  file: DiskFile,
  what: string,
  crashIfHere: (name: string) => Promise<void> | undefined,
): DiskFile {
  return {
    async writeFile(text) {
      await crashIfHere(`before ${what} is written`);
      const half = Math.floor(text.length / 2);
      await file.writeFile(text.slice(0, half));
      await crashIfHere(`with half of ${what} written`);
      await file.writeFile(text.slice(half));
    },
    async sync() {
      await crashIfHere(`before ${what} is synced`);
      await file.sync();
    },
    async close() {
      await crashIfHere(`before ${what} is closed`);
      await file.close();
    },
  };
}

/** Never settles: nothing may happen after it. */
function crash(name: string): Promise<void> {
  writeSync(1, `${JSON.stringify({ event: "proof.crash", point: name })}\n`);
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => {});
}
