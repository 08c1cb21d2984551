import { type SandboxCommand, withSandbox } from "./context.ts";

/** Takes the sandbox down. An engine of ours goes with the last one. */
export function down(command: SandboxCommand): Promise<number> {
  return withSandbox(command, async (sandbox) => {
    await sandbox.down();
    console.log(`The sandbox ${sandbox.project} is down.`);
    return 0;
  });
}
