import { DEFAULT_APP } from "../../sandbox/sandbox.ts";
import { type SandboxCommand, withSandbox } from "./context.ts";
import { dockerCommand, terminalOption } from "./docker-command.ts";
import { containerOf, machineNamed } from "./machine-name.ts";

/** Runs a command on a machine, in this terminal. Several words are a program and its arguments. */
export async function run(command: SandboxCommand, words: string[], { on }: { on: string }): Promise<number> {
  const machine = machineNamed(on);
  const folder = machine === "deployer" ? ["--workdir", DEFAULT_APP] : [];
  const argv = words.length === 1 ? ["bash", "-c", ...words] : words;
  return withSandbox(command, (sandbox, engine) =>
    dockerCommand(engine, [
      "exec",
      ...terminalOption(),
      ...folder,
      containerOf(sandbox.project, machine),
      ...argv,
    ]),
  );
}
