import type Dockerode from "dockerode";
import { HarnessError } from "../harness-error.ts";
import type { DeployerContainer } from "./deployer.ts";
import type { LoadBalancerContainer } from "./load-balancer.ts";
import { untilReady } from "./ready.ts";
import type { VmMachine } from "./vm.ts";

/** A VM that has not come up by then never will. */
const READY_TIMEOUT_MS = 60_000;

/** What a reset touches. */
interface Resettable {
  deployer: DeployerContainer;
  loadBalancer: LoadBalancerContainer;
  vms: readonly VmMachine[];
}

/** Makes both VMs anew, puts the apps back, and has the load balancer find the VMs again. */
export async function resetMachines(docker: Dockerode, machines: Resettable): Promise<void> {
  await Promise.all([
    machines.deployer.restoreApps(),
    machines.deployer.forgetStrangers(),
    ...machines.vms.map(async (vm) => {
      await makeAnew(docker, vm.container);
      vm.reconnect();
    }),
  ]);
  await machines.loadBalancer.lookAgain();
}

/**
 * Replaces a container by one made the same way. Compose would do the same, but first read its
 * files, ask for every image and compare, which takes longer than the rest of a reset.
 */
async function makeAnew(docker: Dockerode, name: string): Promise<void> {
  const old = docker.getContainer(name);
  const { Id, Config, HostConfig, NetworkSettings } = await old.inspect().catch((cause) => {
    throw new HarnessError(
      "SANDBOX_GONE",
      { cause: `${name} is not there`, hint: "pnpm sandbox up" },
      { cause },
    );
  });
  const endpoints = Object.entries(NetworkSettings.Networks).map(([network, endpoint]) => {
    const aliases = ((endpoint.Aliases ?? []) as string[]).filter((alias) => !Id.startsWith(alias));
    return [network, { Aliases: aliases }] as const;
  });
  await old.remove({ force: true, v: true });
  const made = await docker.createContainer({
    ...Config,
    name,
    HostConfig,
    NetworkingConfig: { EndpointsConfig: Object.fromEntries(endpoints) },
  });
  await made.start();
  const failure = await untilReady(made, READY_TIMEOUT_MS);
  if (failure === null) return;
  const cause = `${name} did not come up again: ${failure.cause}`;
  throw new HarnessError("SANDBOX_FAILED", { cause, details: failure.log });
}
