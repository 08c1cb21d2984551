// Runs on the deployer: starts a command, and prints as one line of JSON how it ended, how long it
// took (ms), the most memory its own process held (KB, the kernel's high-water mark) and its output.
//
//   node measure.mjs COMMAND [ARGUMENT...]
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

const POLL_MS = 10;
const [command, ...args] = process.argv.slice(2);

const startedAt = performance.now();
const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
let output = "";
let peakKb = 0;

child.stdout.setEncoding("utf8").on("data", (piece) => {
  output += piece;
});
child.stderr.resume();

const poll = setInterval(() => {
  try {
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"));
    peakKb = Math.max(peakKb, Number(peak?.[1] ?? 0));
  } catch (error) {
    // Between its exit and our notice of it the process has no file any more.
    if (error.code !== "ENOENT" && error.code !== "ESRCH") throw error;
  }
}, POLL_MS);

child.on("close", (exitCode) => {
  clearInterval(poll);
  const ms = performance.now() - startedAt;
  process.stdout.write(`${JSON.stringify({ exitCode, ms, peakKb, output })}\n`);
});
