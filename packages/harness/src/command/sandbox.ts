/** `pnpm sandbox`: a sandbox of real machines, for people. */
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { faultOf } from "./fault.ts";
import { interruptSignal } from "./interrupt.ts";
import type { SandboxCommand } from "./sandbox/context.ts";
import { down } from "./sandbox/down.ts";
import { logs } from "./sandbox/logs.ts";
import { reset } from "./sandbox/reset.ts";
import { run } from "./sandbox/run.ts";
import { ssh } from "./sandbox/ssh.ts";
import { status } from "./sandbox/status.ts";
import { traffic } from "./sandbox/traffic.ts";
import { up } from "./sandbox/up.ts";

const HIGHEST_PORT = 65_535;
const USAGE = 2;

const interrupt = interruptSignal((line) => console.error(line));
const machines = "deployer, vm1, vm2, registry, load_balancer, packages or shared";

/** Runs a verb with what every verb needs, and turns its end into an exit code. */
function carriesOut<A extends unknown[]>(verb: (context: SandboxCommand, ...args: A) => Promise<number>) {
  return async (...args: A) => {
    const context = { project: program.opts<{ project?: string }>().project, signal: interrupt.signal };
    process.exitCode = await verb(context, ...args).catch((error: unknown) => {
      const interrupted = interrupt.exitCode();
      if (interrupted !== null) return interrupted;
      const { lines, exitCode } = faultOf(error);
      for (const line of lines) console.error(line);
      return exitCode;
    });
  };
}

const aNumber = (highest: number) => (text: string) => {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number <= highest) return number;
  throw new InvalidArgumentError(`It is a whole number from 1 to ${highest}.`);
};

const program = new Command("sandbox")
  .description("Two servers to deploy to, a registry, a load balancer and a machine to type `deploy` on.")
  .option("--project <name>", "the sandbox meant, where there are several (see status)")
  .enablePositionalOptions()
  .exitOverride();

program
  .command("up")
  .description("start it, or bring it up to date with this checkout; it stays until `down`")
  .option("--port <number>", "publish the load balancer there on 127.0.0.1", aNumber(HIGHEST_PORT))
  .action(carriesOut(up));

program.command("status").description("what runs, and whose it is").action(carriesOut(status));

program
  .command("run")
  .description("run a command on a machine and end with its exit code: sandbox run deploy setup")
  .option("--on <machine>", machines, "deployer")
  .argument("<command...>", "a program and its arguments, or one quoted line for a shell")
  .passThroughOptions()
  .action(carriesOut(run));

program
  .command("ssh")
  .description("a shell: on vm1 and vm2 by SSH from the deployer, as `deploy` gets there")
  .argument("[machine]", machines, "deployer")
  .action(carriesOut(ssh));

program
  .command("traffic")
  .description("steady traffic through the load balancer, and what became of it")
  .option("--per-second <number>", "requests sent each second", aNumber(2000), 200)
  .option("--seconds <number>", "how long; Ctrl-C ends it earlier", aNumber(600), 10)
  .action(carriesOut(traffic));

program
  .command("logs")
  .description("what a machine wrote; of all of them without a name")
  .argument("[machine]", machines)
  .option("-f, --follow", "go on until Ctrl-C", false)
  .action(carriesOut(logs));

program
  .command("reset")
  .description("clean VMs with the same host keys, and the apps as at the start")
  .action(carriesOut(reset));

program
  .command("down")
  .description("take it down; caches, the registry's images and build caches are kept")
  .action(carriesOut(down));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : USAGE;
}
