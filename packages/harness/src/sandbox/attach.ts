import type Dockerode from "dockerode";
import { HarnessError } from "../harness-error.ts";
import { startTraffic } from "../traffic/traffic.ts";
import { clearMachines } from "./clear.ts";
import { DeployerContainer } from "./deployer.ts";
import { LoadBalancerContainer } from "./load-balancer.ts";
import { RegistryContainer } from "./registry.ts";
import { removeSandbox } from "./remove.ts";
import { resetMachines } from "./reset.ts";
import type { Sandbox } from "./sandbox.ts";
import { VmMachine } from "./vm.ts";

/**
 * The API for a sandbox that runs.
 *
 * @param docker the engine it runs on.
 * @throws HarnessError `SANDBOX_GONE` when its load balancer is not there.
 */
export async function attachSandbox(docker: Dockerode, project: string): Promise<Sandbox> {
  const loadBalancer = new LoadBalancerContainer(docker, project, await publishedPort(docker, project));
  const deployer = new DeployerContainer(docker, project);
  const vms = [new VmMachine(docker, project, "vm1"), new VmMachine(docker, project, "vm2")] as const;
  return {
    project,
    deployer,
    registry: new RegistryContainer(docker, project),
    loadBalancer,
    vms,
    vm: (number) => vms[number === 1 ? 0 : 1],
    traffic: { start: (options) => startTraffic({ ...options, url: loadBalancer.url }) },
    reset: () => resetMachines(docker, { deployer, loadBalancer, vms }),
    clear: () => clearMachines({ deployer, loadBalancer, vms }),
    down: () => removeSandbox(docker, project),
  };
}

async function publishedPort(docker: Dockerode, project: string): Promise<number> {
  const name = `${project}-load_balancer-1`;
  try {
    const { NetworkSettings } = await docker.getContainer(name).inspect();
    const port = Number(NetworkSettings.Ports["80/tcp"]?.[0]?.HostPort);
    if (port > 0) return port;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  }
  throw new HarnessError("SANDBOX_GONE", {
    cause: `The sandbox ${project} does not run`,
    hint: "pnpm sandbox up",
  });
}
