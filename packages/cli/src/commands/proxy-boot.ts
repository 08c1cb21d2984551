import type { ProxyBootOptions } from "@cutover/core";
import { Command, Option } from "commander";
import { filterOf } from "../arguments/globals.ts";
import type { Perform } from "../perform.ts";
import { proxyBootLines } from "../render/proxy.ts";

/** `deploy proxy boot`. */
export function proxyBootCommand(perform: Perform): Command {
  return new Command("boot")
    .description(
      "Start the proxy where none runs, replace one of an older version, and bring back routes that one has lost",
    )
    .action((_options, command: Command) =>
      booting(perform, command, { verb: "boot", recreate: false, rolling: false }),
    );
}

/** `deploy proxy reboot`. */
export function proxyRebootCommand(perform: Perform): Command {
  return new Command("reboot")
    .description("Replace the running proxy by this version, without a gap")
    .option("--rolling", "one host after another")
    .option(
      "--recreate",
      "make its container anew, for other options of proxy.run; nothing is answered for some seconds",
    )
    .addOption(new Option("-y, --confirmed", "taken for the sake of scripts: nothing is asked").hideHelp())
    .action(({ recreate = false, rolling = false }: { recreate?: boolean; rolling?: boolean }, command) =>
      booting(perform, command, { verb: "reboot", recreate, rolling }),
    );
}

function booting(perform: Perform, command: Command, order: Omit<ProxyBootOptions, "filter">): Promise<void> {
  return perform(command, {
    tells: "progress",
    hosts: "chosen",
    run: async (context, globals) => {
      const { proxyBoot } = await import("@cutover/core/commands/proxy-boot");
      return proxyBoot(context, { ...order, filter: filterOf(globals) });
    },
    show: proxyBootLines,
  });
}
