import { PARTS } from "../../sandbox/sandbox.ts";
import { type SandboxCommand, withSandbox } from "./context.ts";
import { dockerCommand } from "./docker-command.ts";
import { containerOf, machineNamed } from "./machine-name.ts";

/** Prints what machines wrote. */
export async function logs(
  command: SandboxCommand,
  name: string | undefined,
  { follow }: { follow: boolean },
): Promise<number> {
  const machines = name === undefined ? PARTS : [machineNamed(name)];
  const options = follow ? ["--follow"] : [];
  return withSandbox(command, async (sandbox, engine) => {
    const codes = await Promise.all(
      machines.map((machine) =>
        dockerCommand(engine, ["logs", ...options, containerOf(sandbox.project, machine)]),
      ),
    );
    return Math.max(...codes);
  });
}
