import { dockerStatus } from "../hosts/docker/docker-status.ts";
import type { EnsureNetwork } from "../plan/step.ts";
import { NETWORK } from "../release/container-settings.ts";
import type { StepHandler } from "./step-handler.ts";

export const ensureNetwork: StepHandler<EnsureNetwork> = {
  describe: () => `make the network ${NETWORK}`,
  async run(_step, { docker }) {
    try {
      await docker.createNetwork({ Name: NETWORK, Driver: "bridge" });
    } catch (error) {
      // Another app's deploy may have made it since we looked.
      if (dockerStatus(error) !== 409) throw error;
    }
    return undefined;
  },
};
