import type { ContainerInfo } from "dockerode";
import type { Vm } from "../sandbox/sandbox.ts";
import { doTo, type Fault } from "./fault.ts";

/**
 * Restarts a VM as its administrator would: every SSH session ends, its engine stops with all
 * containers and starts again. What it held is still there, unlike after `powerOff`.
 *
 * It is a container and shares its kernel with the others, so its uptime and boot id do not change.
 */
export async function reboot(vm: Vm): Promise<Fault> {
  // Sessions alone: sshd's listener calls itself "sshd: /usr/sbin/sshd …", and nothing would start it again.
  await doTo(vm, "pkill -KILL sshd-session || pkill -KILL -f '^sshd: .*(@|\\[priv\\])' || true");
  await doTo(vm, "engine stop && engine start");
  return { heal: async () => {} };
}

/**
 * Has all containers of a VM start again in the opposite order, so that each may get an address that
 * was another's before: Docker gives them out in the order of the starts.
 *
 * @returns the addresses before and after, by container
 */
export async function restartReversed(vm: Vm): Promise<Record<string, [before: string, after: string]>> {
  // Docker lists the newest first, which is the order in which they start again.
  const running = await vm.docker.listContainers();
  const before = addressesOf(running);
  const containers = running.map(({ Id }) => vm.docker.getContainer(Id));
  await Promise.all(containers.map((container) => container.stop({ t: 5 })));
  for (const container of containers) await container.start();
  const after = addressesOf(await vm.docker.listContainers());
  return Object.fromEntries(
    Object.entries(before).map(([name, address]) => [name, [address, after[name] ?? ""]]),
  );
}

function addressesOf(listed: readonly ContainerInfo[]): Record<string, string> {
  return Object.fromEntries(
    listed.map(({ Names, NetworkSettings }) => [
      (Names[0] ?? "").replace(/^\//, ""),
      Object.values(NetworkSettings.Networks)[0]?.IPAddress ?? "",
    ]),
  );
}
