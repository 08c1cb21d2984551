import { commitHello } from "../../packages/harness/src/apps/hello.ts";
import type { Sandbox } from "../../packages/harness/src/sandbox/sandbox.ts";
import { type Row, rowOf } from "../lib/row.ts";

const RUNS = 3;

/** How long after a new container's exit a deploy knows of it and why, both on the machines' one clock. */
export async function failureRows(sandbox: Sandbox): Promise<Row[]> {
  const samples: number[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    await commitHello(sandbox.deployer, { version: `broken-${index}`, boot: "exit" });
    // To the millisecond: what the deploy before has stopped may have died within the same second.
    const startedAt = (Date.now() / 1000).toFixed(3);
    const { output, stdout, exitCode } = await sandbox.deployer.run("deploy --json");
    if (exitCode !== 60) throw new Error(`a broken image ended with ${exitCode}: ${output}`);
    const exits = await Promise.all(
      sandbox.vms.map((vm) =>
        vm.run(
          `docker events --since ${startedAt} --until $(date +%s.%N) --filter event=die --format '{{.TimeNano}}'`,
        ),
      ),
    );
    const diedAt = exits.flatMap(({ stdout: times }) =>
      times
        .trim()
        .split("\n")
        // A host whose container was called off before it had exited has nothing to say.
        .filter((line) => line !== "")
        .map((nanoseconds) => Number(nanoseconds) / 1e6),
    );
    samples.push((noticedAt(stdout) - Math.min(...diedAt)) / 1000);
  }
  return [
    rowOf({
      case: "a broken image",
      metric: "time from its exit to the diagnosis",
      unit: "s",
      samples,
      atMost: 0.3,
    }),
  ];
}

/** When the first step failed, in milliseconds since the epoch, out of what `deploy --json` printed. */
function noticedAt(ndjson: string): number {
  for (const line of ndjson.trim().split("\n")) {
    const event = JSON.parse(line) as { type: string; at?: number; ok?: boolean };
    if (event.type === "step.ended" && event.ok === false && event.at !== undefined) return event.at;
  }
  throw new Error("no step failed");
}
