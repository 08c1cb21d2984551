import { request } from "node:http";
import type Dockerode from "dockerode";
import { HarnessError } from "../harness-error.ts";
import { ContainerMachine } from "./container-machine.ts";
import { readFailures } from "./failed-requests.ts";
import type { Answer, FailedRequest, LoadBalancer } from "./sandbox.ts";

/** Longer than nginx itself waits for a VM, so that its answer is seen and not our impatience. */
const PATIENCE_MS = 70_000;

/** The load balancer as a container. */
export class LoadBalancerContainer extends ContainerMachine implements LoadBalancer {
  readonly url: string;

  /** @param port where it is published on 127.0.0.1. */
  constructor(outer: Dockerode, project: string, port: number) {
    super(outer, project, "load_balancer");
    this.url = `http://127.0.0.1:${port}`;
  }

  get(path: string, options: { headers?: Record<string, string>; timeoutMs?: number } = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const failed = (cause: Error) =>
        reject(
          new HarnessError("SANDBOX_GONE", { cause: `GET ${this.url}${path}: ${cause.message}` }, { cause }),
        );
      const { headers = {}, timeoutMs = PATIENCE_MS } = options;
      const signal = AbortSignal.timeout(timeoutMs);
      const sent = request(new URL(path, this.url), { agent: false, headers, signal }, (response) => {
        response.setEncoding("utf8");
        let body = "";
        response.on("data", (text: string) => {
          body += text;
        });
        response.on("error", failed);
        response.on("end", () => {
          const fields = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(fields), body });
        });
      });
      sent.on("error", failed);
      sent.end();
    });
  }

  async failures(): Promise<FailedRequest[]> {
    const [log, vm1, vm2] = await Promise.all([
      this.must("Reading what failed", "cat /var/log/nginx/failed.log"),
      this.must("Looking up a VM", "getent hosts vm1"),
      this.must("Looking up a VM", "getent hosts vm2"),
    ]);
    const address = (line: string) => line.split(/\s/)[0] ?? "";
    return readFailures(log, { [address(vm1)]: "vm1", [address(vm2)]: "vm2" });
  }

  /** Has nginx look up the VMs' addresses, which change when they are made anew. */
  async lookAgain(): Promise<void> {
    await this.must("Looking up the VMs", "look-again");
  }
}
