import Dockerode, { type DockerOptions } from "dockerode";
import { ContainerMachine } from "./container-machine.ts";
import { InnerEngineAgent } from "./engine-agent.ts";
import type { Vm, VmContainer } from "./sandbox.ts";

/** A VM as a container that has an engine in it. */
export class VmMachine extends ContainerMachine implements Vm {
  private client: Dockerode;

  constructor(outer: Dockerode, project: string, name: "vm1" | "vm2") {
    super(outer, project, name);
    this.client = this.connect();
  }

  get docker(): Dockerode {
    return this.client;
  }

  async containers(): Promise<VmContainer[]> {
    const listed = await this.client.listContainers({ all: true });
    const seen = listed.map((container) => ({
      id: container.Id,
      name: (container.Names[0] ?? "").replace(/^\//, ""),
      image: container.Image,
      state: container.State as VmContainer["state"],
      labels: container.Labels,
    }));
    return seen.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** After the machine was made anew the old connections lead nowhere. */
  reconnect(): void {
    this.client = this.connect();
  }

  private connect(): Dockerode {
    const agent = new InnerEngineAgent(this.outer, this.container);
    // dockerode passes what it does not know on to its transport, which takes an agent; its types do not say so.
    return new Dockerode({ protocol: "http", host: this.name, port: 2375, agent } as DockerOptions);
  }
}
