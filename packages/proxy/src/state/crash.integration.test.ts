import { spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { StateStore } from "./store.ts";

const saver = fileURLToPath(new URL("../testing/save-for-ever.ts", import.meta.url));

/** Lets a process save until it has said so often that it did, and a little longer; what it said last. */
function killedAfter(directory: string, saves: number, thenMs: number): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [saver, directory], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    let saved = 0;
    child.stdout.on("data", (chunk) => {
      said += chunk;
      saved = said.split("\n").length - 1;
      if (saved >= saves) setTimeout(() => child.kill("SIGKILL"), thenMs);
    });
    child.on("close", () => resolve(Number(said.trim().split("\n").at(-1))));
  });
}

test("killed with -9 at any moment, what was said to be kept is there, whole", async () => {
  const directory = await mkdtemp(join(tmpdir(), "cutover-crash-"));
  for (let round = 0; round < 25; round += 1) {
    // Fractions of a save's time, so that the kill meets each part of it.
    const said = await killedAfter(directory, 1 + (round % 5), (round * 7) % 11);
    const { state, problems } = await new StateStore(directory).load();
    expect(problems).toEqual([]);
    expect(state.services[0]?.serving.switches).toBeGreaterThanOrEqual(said);
  }
}, 120_000);
