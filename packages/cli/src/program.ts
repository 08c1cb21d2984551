import { Command } from "commander";
import { addGlobals } from "./arguments/globals.ts";
import { appCommand } from "./commands/app.ts";
import { auditCommand } from "./commands/audit.ts";
import { catchUpCommand } from "./commands/catch-up.ts";
import { configCommand } from "./commands/config.ts";
import { deployCommand } from "./commands/deploy.ts";
import { detailsCommand } from "./commands/details.ts";
import { installKamalShimCommand } from "./commands/install-kamal-shim.ts";
import { lockCommand } from "./commands/lock.ts";
import { planCommand } from "./commands/plan.ts";
import { proxyCommand } from "./commands/proxy.ts";
import { pruneCommand } from "./commands/prune.ts";
import { redeployCommand } from "./commands/redeploy.ts";
import { releasesCommand } from "./commands/releases.ts";
import { rollbackCommand } from "./commands/rollback.ts";
import { setupCommand } from "./commands/setup.ts";
import { trustCommand } from "./commands/trust.ts";
import { versionCommand } from "./commands/version.ts";
import type { Perform } from "./perform.ts";
import type { Surroundings } from "./surroundings.ts";
import { askOnTerminal } from "./trust/ask.ts";

/** Every verb there is, in the order in which help shows them. */
export function program(perform: Perform, around: Surroundings): Command {
  const deploy = addGlobals(new Command("deploy"))
    .usage("[verb] [options]")
    .description("Deploys the app in this folder to its servers, and loses no request.")
    .addCommand(deployCommand(perform))
    .addCommand(setupCommand(perform))
    .addCommand(redeployCommand(perform))
    .addCommand(rollbackCommand(perform))
    .addCommand(catchUpCommand(perform))
    .addCommand(pruneCommand(perform))
    .addCommand(planCommand(perform))
    .addCommand(lockCommand(perform, askOnTerminal(around)))
    .addCommand(proxyCommand(perform))
    .addCommand(detailsCommand(perform))
    .addCommand(releasesCommand(perform))
    .addCommand(auditCommand(perform))
    .addCommand(appCommand(perform, around))
    .addCommand(configCommand(perform))
    .addCommand(versionCommand(perform))
    .addCommand(trustCommand(perform, askOnTerminal(around)))
    .addCommand(installKamalShimCommand(perform, around));
  deploy.addHelpCommand(
    new Command("help")
      .argument("[verb]")
      .description("Show this, or a verb's own help")
      .helpGroup("Looking:"),
  );
  for (const command of withSubcommands(deploy)) {
    command
      .helpOption("--help", "show this help")
      .exitOverride()
      .configureOutput({
        writeOut: (text) => void around.stdout.write(text),
        // What commander would print of an error, we render like any other.
        writeErr: () => {},
      })
      .configureHelp({ showGlobalOptions: command !== deploy });
  }
  return deploy;
}

/** The command and all below it. */
export function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
