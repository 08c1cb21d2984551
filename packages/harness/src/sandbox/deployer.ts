import type Dockerode from "dockerode";
import { HarnessError } from "../harness-error.ts";
import { ContainerMachine } from "./container-machine.ts";
import { DEFAULT_APP, type Deployer } from "./sandbox.ts";

/** The deployer as a container. */
export class DeployerContainer extends ContainerMachine implements Deployer {
  constructor(outer: Dockerode, project: string) {
    super(outer, project, "deployer", DEFAULT_APP);
  }

  async refresh(): Promise<void> {
    const ran = await this.run("ls /dist/cutover-*.tgz && install-deploy", { cwd: "/" });
    if (ran.exitCode === 0) return;
    const packed = ran.stdout.includes(".tgz");
    throw new HarnessError(packed ? "SANDBOX_FAILED" : "NOT_BUILT", {
      cause: packed
        ? "The packed tarballs could not be installed on the deployer"
        : "Nothing is packed in dist/",
      hint: packed ? "Look at what npm said below." : "pnpm build",
      details: ran.output.trim().split("\n").slice(-10),
    });
  }

  async restoreApps(): Promise<void> {
    await this.must("Putting the fixture apps back", "restore-apps", { cwd: "/" });
  }

  /** Its trust in hosts and its registry logins, as at the start. */
  async forgetStrangers(): Promise<void> {
    await this.must("Putting known_hosts back", "forget-strangers", { cwd: "/" });
  }
}
