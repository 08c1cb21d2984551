import { Command } from "commander";
import type { Perform } from "../perform.ts";
import type { Surroundings } from "../surroundings.ts";

/** `deploy install-kamal-shim`. */
export function installKamalShimCommand(perform: Perform, around: Surroundings): Command {
  return new Command("install-kamal-shim")
    .description("Put a kamal that is this command on the PATH, for hooks and scripts that call it")
    .option("--to <folder>", "the folder to put it into (default: one that is on the PATH)")
    .option("--force", "write over a kamal that is not ours")
    .helpGroup("Setting up:")
    .action((options: { to?: string; force?: true }, command: Command) =>
      perform(command, {
        tells: "output",
        hosts: "all",
        run: async () => {
          const { installShim } = await import("../kamal-shim/install.ts");
          const existing = options.force ? "replace" : "keep";
          return installShim({ folder: options.to ?? null, existing }, around);
        },
        show: ({ path, found }, paint) => {
          if (found === path) return [`${paint.good("✓")} kamal is this command now: ${path}`];
          const why =
            found === null
              ? "its folder is not on the PATH"
              : `the PATH has another kamal before it: ${found}`;
          return [`${paint.caution("!")} ${path} is written, and a shell does not find it: ${why}`];
        },
      }),
    );
}
