import { HarnessError } from "../harness-error.ts";
import type { Machine } from "../sandbox/machine.ts";
import { untilReady } from "../sandbox/ready.ts";
import type { Fault } from "./fault.ts";

/** A machine that has not booted by then never will. */
const BOOT_TIMEOUT_MS = 60_000;

/** Every process of a machine stands still: connections stay open, and nothing answers. */
export async function freeze(machine: Machine): Promise<Fault> {
  const container = machine.outer.getContainer(machine.container);
  await container.pause();
  let frozen = true;
  return {
    heal: async () => {
      if (!frozen) return;
      frozen = false;
      await container.unpause();
    },
  };
}

/** A machine loses its power; healed, it boots. A VM has lost its containers and images then. */
export async function powerOff(machine: Machine): Promise<Fault> {
  const container = machine.outer.getContainer(machine.container);
  await container.kill();
  return {
    heal: async () => {
      const { State } = await container.inspect();
      if (State.Running) return;
      // What it said before it lost its power was said before this moment of the engine's own clock.
      const since = Date.parse(State.FinishedAt) / 1000;
      await container.start();
      const failure = await untilReady(container, BOOT_TIMEOUT_MS, since);
      if (failure === null) return;
      const cause = `${machine.name} did not boot: ${failure.cause}`;
      throw new HarnessError("SANDBOX_FAILED", { cause, details: failure.log });
    },
  };
}
