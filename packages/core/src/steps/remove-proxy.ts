import { dockerStatus } from "../hosts/docker/docker-status.ts";
import { PROXY_CONTAINER } from "../hosts/proxy-container.ts";
import type { RemoveProxy } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";

/** `docker stop` gives as long; the proxy itself takes eight seconds at the most. */
const STOP_SECONDS = 10;

export const removeProxy: StepHandler<RemoveProxy> = {
  describe: () => "stop and remove the proxy's container; its routes and certificates stay",
  async run(_step, { docker, host }) {
    const container = docker.getContainer(PROXY_CONTAINER);
    try {
      await container.stop({ t: STOP_SECONDS });
    } catch (error) {
      // It was stopped already.
      if (dockerStatus(error) !== 304) throw error;
    }
    await container.remove();
    host.forgetProxy();
    return undefined;
  },
};
