import { HarnessError } from "../harness-error.ts";
import type { DeployerContainer } from "./deployer.ts";
import type { LoadBalancerContainer } from "./load-balancer.ts";
import type { VmMachine } from "./vm.ts";

/** All that a deploy leaves on a host, images aside. Networks without containers are what is pruned. */
const CLEAR = `set -e
docker ps --all --quiet | xargs --no-run-if-empty docker rm --force --volumes > /dev/null
docker volume ls --quiet | xargs --no-run-if-empty docker volume rm --force > /dev/null
docker network prune --force > /dev/null
rm -rf /var/lib/cutover`;

/** What a clearing touches. */
interface Clearable {
  deployer: DeployerContainer;
  loadBalancer: LoadBalancerContainer;
  vms: readonly VmMachine[];
}

/**
 * Takes away what deploys left on the VMs, and puts the apps back.
 *
 * @throws HarnessError `SANDBOX_FAILED` where a VM's engine does not do as it is told
 */
export async function clearMachines({ deployer, loadBalancer, vms }: Clearable): Promise<void> {
  await Promise.all([
    deployer.restoreApps(),
    deployer.forgetStrangers(),
    ...vms.map(async (vm) => {
      const ran = await vm.run(CLEAR);
      if (ran.exitCode === 0) return;
      const details = ran.output.trim().split("\n").slice(-10);
      throw new HarnessError("SANDBOX_FAILED", { cause: `${vm.name} could not be cleared`, details });
    }),
  ]);
  await loadBalancer.lookAgain();
}
