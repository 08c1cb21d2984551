import type { Vm } from "../sandbox/sandbox.ts";
import { doTo, type Fault } from "./fault.ts";

/** Stops the VM's engine as an administrator would: its containers stop with it. */
export async function stopEngine(vm: Vm): Promise<Fault> {
  await doTo(vm, "engine stop");
  return { heal: () => startEngine(vm) };
}

/** Kills the VM's engine with SIGKILL: its containers go on without it. */
export async function killEngine(vm: Vm): Promise<Fault> {
  await doTo(vm, "engine kill");
  return { heal: () => startEngine(vm) };
}

async function startEngine(vm: Vm): Promise<void> {
  await doTo(vm, "engine start");
}

/** How an engine keeps images: as most installations do, or as new ones do. */
export type ImageStore = "overlay2" | "containerd";

/**
 * Has the VM's engine keep its images another way. What it had is out of sight until it is healed:
 * containers, images, all.
 */
export async function useImageStore(vm: Vm, store: ImageStore): Promise<Fault> {
  await doTo(vm, `engine stop && ENGINE_STORE=${store} engine start`);
  return {
    heal: async () => {
      await doTo(vm, "engine stop && engine start");
    },
  };
}
