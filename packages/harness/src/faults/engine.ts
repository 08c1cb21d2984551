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
