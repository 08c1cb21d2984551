import { DEFAULT_APP } from "../../sandbox/sandbox.ts";
import { type SandboxCommand, withSandbox } from "./context.ts";
import { dockerCommand, terminalOption } from "./docker-command.ts";
import { containerOf, machineNamed } from "./machine-name.ts";

/** Opens a shell on a machine. */
export async function ssh(command: SandboxCommand, name: string): Promise<number> {
  const machine = machineNamed(name);
  const bySsh = machine === "vm1" || machine === "vm2";
  const at = bySsh || machine === "deployer" ? "deployer" : machine;
  const argv = bySsh ? ["ssh", "-t", machine] : ["bash", "-l"];
  const folder = at === "deployer" ? ["--workdir", DEFAULT_APP] : [];
  return withSandbox(command, (sandbox, engine) =>
    dockerCommand(engine, [
      "exec",
      ...terminalOption(),
      ...folder,
      containerOf(sandbox.project, at),
      ...argv,
    ]),
  );
}
