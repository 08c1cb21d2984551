import { HarnessError } from "../../../packages/harness/src/harness-error.ts";
import type { Machine } from "../../../packages/harness/src/sandbox/machine.ts";
import type { Sandbox } from "../../../packages/harness/src/sandbox/sandbox.ts";
import type { Stage } from "../stories/story.ts";
import { nextVersion } from "./given.ts";

/** @param old the version that serves on both hosts */
export function staged(sandbox: Sandbox, old: string): Stage {
  return {
    sandbox,
    vm: (number) => sandbox.vm(number),
    old,
    new: nextVersion(),
    commit: "",
    must: (command, options) => must(sandbox.deployer, command, options),
    mustOn: (vm, command) => must(vm, command),
  };
}

async function must(
  machine: Machine,
  command: string,
  options?: { env?: Record<string, string> },
): Promise<string> {
  const ran = await machine.run(command, options);
  if (ran.exitCode === 0) return ran.stdout.trim();
  throw new HarnessError("SANDBOX_FAILED", {
    cause: `${machine.name}: ${command.slice(0, 80)} ended with ${ran.exitCode}`,
    details: ran.output.trim().split("\n").slice(-10),
  });
}
