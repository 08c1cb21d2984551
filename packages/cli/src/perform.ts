import type { CommandContext } from "@cutover/core";
import { DeployError } from "@cutover/core/errors";
import type { Command } from "commander";
import { filterOf, type Globals, globalsOf } from "./arguments/globals.ts";
import { audienceOf } from "./audience.ts";
import { contextFor } from "./context.ts";
import { outputPalette, rendererFor, type Tells } from "./render/choose.ts";
import type { Palette } from "./render/palette.ts";
import type { Surroundings } from "./surroundings.ts";

/** What a command does: one function of core, and how its result reads. */
interface Undertaking<Result> {
  /** `progress` for what changes hosts, `output` for what only answers. */
  tells: Tells;
  /** Whether `-h`, `-r` and `-p` choose among its hosts; where they cannot, they are refused. */
  hosts: "chosen" | "all";
  run(context: CommandContext, globals: Globals): Promise<Result>;
  /** The result for a person. */
  show(result: Result, paint: Palette): string[] | Promise<string[]>;
  /** What to exit with when nothing failed; 0 unless given. */
  exitCode?(result: Result): number;
}

/** Carries out a command that was typed. It never rejects. */
export type Perform = <Result>(command: Command, undertaking: Undertaking<Result>) => Promise<void>;

/**
 * Makes what carries out commands.
 *
 * @param ended told the exit code of each
 */
export function performer(around: Surroundings, ended: (exitCode: number) => void): Perform {
  return async (command, undertaking) => ended(await performed(command, undertaking, around));
}

async function performed<Result>(
  command: Command,
  undertaking: Undertaking<Result>,
  around: Surroundings,
): Promise<number> {
  const globals = globalsOf(command);
  const renderer = rendererFor(undertaking.tells, globals, around);
  const audience = audienceOf(renderer, undertaking.tells, around);
  try {
    if (undertaking.hosts === "all") refuseFilter(command, globals);
    const askSecret = async (question: string) => {
      const { askSecretOnTerminal } = await import("./ask/secret.ts");
      const occasion = { makeRoom: renderer.pause, interrupted: audience.interrupt };
      return askSecretOnTerminal(question, around, occasion);
    };
    const context = contextFor(globals, around, audience.event, audience.signal, askSecret);
    const result = await undertaking.run(context, globals);
    const lines = await undertaking.show(result, outputPalette(globals, around));
    renderer.result(command.name(), result, lines);
    return undertaking.exitCode?.(result) ?? 0;
  } catch (thrown) {
    if (audience.gone()) return 0;
    const error = asDeployError(thrown);
    if (!audience.toldOfError()) {
      renderer.event({ at: around.clock.now(), type: "error", error: error.toJSON() });
    }
    return error.exitCode;
  } finally {
    audience.dispose();
    renderer.close();
  }
}

function refuseFilter(command: Command, globals: Globals): void {
  const { hosts, roles, primary } = filterOf(globals);
  if (hosts === null && roles === null && !primary) return;
  throw new DeployError("USAGE", {
    cause: `${command.name()} is for every host, so --hosts, --roles and --primary do not go with it`,
    hint: `deploy ${command.name()} --help`,
  });
}

/** Anything else than a DeployError is a defect of ours, told with what is needed to report it. */
function asDeployError(thrown: unknown): DeployError {
  if (thrown instanceof DeployError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new DeployError(
    "INTERNAL",
    {
      cause: `${error.name}: ${error.message}`,
      hint: "Please report this with the lines below; nothing of it should be secret, but look before you paste",
      details: (error.stack ?? "").split("\n").slice(1, 10),
    },
    { cause: error },
  );
}
