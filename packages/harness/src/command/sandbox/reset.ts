import { type SandboxCommand, withSandbox } from "./context.ts";

/** Gives clean VMs and the apps as at the start. */
export function reset(command: SandboxCommand): Promise<number> {
  return withSandbox(command, async (sandbox) => {
    const startedAt = performance.now();
    await sandbox.reset();
    console.log(`Clean VMs after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
    return 0;
  });
}
