import type { Fleet } from "../hosts/fleet.ts";
import type { Lock } from "../lock/held-lock.ts";
import type { Telling } from "./as-command.ts";
import type { CommandContext } from "./context.ts";
import type { Project } from "./project.ts";

/** What a command has in hand once it is connected to its hosts. */
export interface Connected {
  fleet: Fleet;
  context: CommandContext;
  project: Project;
  telling: Telling;
}

/** What a command has in hand while it holds the app's lock, and may change hosts with. */
export interface AtWork extends Connected {
  lock: Lock;
}
