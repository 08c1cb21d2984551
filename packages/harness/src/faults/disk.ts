import type { Vm } from "../sandbox/sandbox.ts";
import { doTo, type Fault } from "./fault.ts";

/**
 * Leaves so much room where the VM's engine keeps images and containers, and no more.
 *
 * @param roomKiB what may still be written there, in KiB.
 */
export async function fillDockersDisk(vm: Vm, roomKiB: number): Promise<Fault> {
  const used = await doTo(vm, "df --output=used -k /var/lib/docker | tail -1");
  await doTo(vm, `mount -o remount,size=${Number(used.stdout) + roomKiB}k /var/lib/docker`);
  return {
    heal: async () => {
      // The size that a tmpfs has unless told otherwise.
      await doTo(vm, "mount -o remount,size=50% /var/lib/docker");
    },
  };
}
