import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { WATCHDOG_SCRIPT } from "./watchdog.ts";

/** What the script measures by. */
function uptimeSeconds(): number {
  return Math.floor(Number.parseFloat(readFileSync("/proc/uptime", "latin1")));
}

/** Runs the script as a host does, with a shell for its session that says so when it outlives it. */
function aSession(endsAt: number) {
  const session = spawn("sh", ["-c", `sh -c '${WATCHDOG_SCRIPT}' sh ${endsAt}; echo outlived`]);
  let said = "";
  session.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = new Promise<string | null>((resolve) => {
    session.once("exit", (_code, signal) => resolve(signal));
  });
  return { session, ended, said: () => said };
}

test.skipIf(process.platform !== "linux")("ends its session when the lease is over", async () => {
  const { ended, said } = aSession(uptimeSeconds());
  await expect(ended).resolves.toBe("SIGTERM");
  expect(said()).toBe("watching\n");
});

test.skipIf(process.platform !== "linux")("goes by the end that it was told last", async () => {
  const { session, ended, said } = aSession(uptimeSeconds() + 100);
  await expect.poll(said).toBe("watching\n");
  session.stdin.write(`${uptimeSeconds() + 200}\n${uptimeSeconds()}\n`);
  await expect(ended).resolves.toBe("SIGTERM");
});

test.skipIf(process.platform !== "linux")("leaves its session alone once it is dismissed", async () => {
  const { session, ended, said } = aSession(uptimeSeconds() + 100);
  await expect.poll(said).toBe("watching\n");
  session.stdin.end();
  await expect(ended).resolves.toBeNull();
  expect(said()).toBe("watching\noutlived\n");
});
