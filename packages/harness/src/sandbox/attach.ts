import type Dockerode from "dockerode";
import { HarnessError } from "../harness-error.ts";
import { startTraffic } from "../traffic/traffic.ts";
import { clearMachines } from "./clear.ts";
import { DeployerContainer } from "./deployer.ts";
import { LoadBalancerContainer } from "./load-balancer.ts";
import { reachable } from "./reachable.ts";
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
  const { port, direct } = await waysToLoadBalancer(docker, project);
  const loadBalancer = new LoadBalancerContainer(docker, project, port);
  const deployer = new DeployerContainer(docker, project);
  const vms = [new VmMachine(docker, project, "vm1"), new VmMachine(docker, project, "vm2")] as const;
  return {
    project,
    deployer,
    registry: new RegistryContainer(docker, project),
    loadBalancer,
    vms,
    vm: (number) => vms[number === 1 ? 0 : 1],
    traffic: { start: (options) => startTraffic({ ...options, url: direct ?? loadBalancer.url }) },
    reset: () => resetMachines(docker, { deployer, loadBalancer, vms }),
    clear: () => clearMachines({ deployer, loadBalancer, vms }),
    down: () => removeSandbox(docker, project),
  };
}

/** How the load balancer is reached: published on this machine, and at its own address where that can be reached. */
interface Ways {
  port: number;
  /** A URL. Traffic goes this way: what forwards a published port takes a core's tenth, and can die. */
  direct: string | null;
}

async function waysToLoadBalancer(docker: Dockerode, project: string): Promise<Ways> {
  const name = `${project}-load_balancer-1`;
  try {
    const { NetworkSettings } = await docker.getContainer(name).inspect();
    const port = Number(NetworkSettings.Ports["80/tcp"]?.[0]?.HostPort);
    const [network] = Object.values(NetworkSettings.Networks);
    if (port > 0) return { port, direct: await reachable(network?.IPAddress ?? "") };
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  }
  throw new HarnessError("SANDBOX_GONE", {
    cause: `The sandbox ${project} does not run`,
    hint: "pnpm sandbox up",
  });
}
