import { randomUUID } from "node:crypto";
import { ask, watch } from "../control/client.ts";
import type { HandledVerb, ServiceState } from "../control/protocol.ts";
import { proxyVersion } from "../version.ts";
import { type AskCommand, askCommands } from "./ask.ts";
import { dialFrom } from "./dial-from.ts";
import { failed } from "./failed.ts";
import { Flags, UsageError } from "./flags.ts";
import { serviceTable } from "./print.ts";
import { socketFlag, socketOf } from "./socket-flag.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Carries out one command line.
 *
 * @returns the exit code: 0 done, 1 refused or unhealthy, 2 not understood
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "help", ...rest] = args;
  try {
    return await carryOut(name, rest, terminal);
  } catch (error) {
    return failed(error, terminal);
  }
}

async function carryOut(name: string, args: readonly string[], terminal: Terminal): Promise<number> {
  switch (name) {
    case "run": {
      // Loaded only here: what talks to a running proxy needs none of it.
      const { runFrom } = await import("./run.ts");
      return runFrom(args, terminal);
    }
    case "serve": {
      const { serve } = await import("./serve.ts");
      const { readRunFlags } = await import("./run-flags.ts");
      return serve(await readRunFlags(args), terminal);
    }
    case "hold": {
      const { holdSockets } = await import("../supervisor/holder.ts");
      const { readRunFlags } = await import("./run-flags.ts");
      const { httpPort, httpsPort } = await readRunFlags(args);
      await holdSockets([httpPort, httpsPort]);
      return 0;
    }
    case "install": {
      const flags = new Flags(args, { to: { type: "string" } });
      const { installProgram } = await import("./install.ts");
      const { ownProgram } = await import("../supervisor/program.ts");
      const folder = await installProgram(flags.required("to"), ownProgram());
      terminal.output.write(`${JSON.stringify({ folder })}\n`);
      return 0;
    }
    case "dial":
      return dialFrom(args, terminal);
    case "watch":
      await watchAndPrint(socketOf(new Flags(args, socketFlag)), terminal);
      return 0;
    case "version":
    case "--version":
      terminal.output.write(`${proxyVersion}\n`);
      return 0;
    case "help":
    case "--help":
      terminal.output.write(help());
      return 0;
  }
  if (!Object.hasOwn(askCommands, name)) {
    throw new UsageError(`${name} is no command; try cutover-proxy help`);
  }
  return askAndPrint(askCommands[name as HandledVerb] as unknown as AskCommand, args, terminal);
}

async function askAndPrint(
  command: AskCommand,
  args: readonly string[],
  { output }: Terminal,
): Promise<number> {
  const flags = new Flags(args, { ...command.flags, ...socketFlag, json: { type: "boolean" } });
  const result = await ask(socketOf(flags), randomUUID(), command.verb, command.params(flags));
  const asTable = command.verb === "list" && !flags.isSet("json");
  const services = (result as { services?: ServiceState[] }).services ?? [];
  output.write(asTable ? serviceTable(services) : `${JSON.stringify(result, null, 2)}\n`);
  return "state" in result && result.state === "unhealthy" ? 1 : 0;
}

async function watchAndPrint(socketPath: string, { output }: Terminal): Promise<void> {
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  await watch(socketPath, (event) => output.write(`${JSON.stringify(event)}\n`), interrupted.signal);
}

function help(): string {
  const asks = Object.values(askCommands).map(({ verb, summary, flags }) => {
    const names = Object.keys(flags).map((flag) => `--${flag}`);
    return `  ${verb.padEnd(9)} ${summary}\n            ${names.join(" ")}`.trimEnd();
  });
  return `${[
    "cutover-proxy: a reverse proxy that is told when to switch",
    "",
    "  run       serve; --http-port 8080 --https-port 8443 --state DIRECTORY --socket PATH",
    "            certificates: --acme-directory URL --acme-email ADDRESS --acme-authorities FILE|PEM",
    "            --acme-challenges http-01,tls-alpn-01 --acme-sibling HOST:PORT --certificates DIRECTORY",
    "            --request-log off|all|1% --metrics-port PORT",
    "  watch     print what happens, as it happens, until Ctrl-C; --socket PATH",
    "  install   put this program where a running proxy can be replaced by it; --to DIRECTORY",
    "  dial      join stdin and stdout to the control socket; --socket PATH",
    ...asks,
    "  version   print the version",
  ].join("\n")}\n`;
}
