import { createReadStream } from "node:fs";
import { DeployError } from "../errors/index.ts";
import { dockerSentence } from "../hosts/docker/docker-status.ts";
import type { LoadProxyImage } from "../plan/step.ts";
import { followDocker } from "./follow-docker.ts";
import type { StepHandler } from "./step-handler.ts";

export const loadProxyImage: StepHandler<LoadProxyImage> = {
  describe: ({ image }) => `bring the proxy's image ${image}`,
  async run({ architecture, image }, { docker, host, around, signal }) {
    const archive = await around.proxyImageArchive(architecture);
    try {
      const answer = await docker.loadImage(createReadStream(archive), { quiet: true });
      await followDocker(docker, answer, signal);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw new DeployError(
        "TRANSFER_FAILED",
        {
          cause: `the proxy's image ${image} could not be loaded on ${host.name}: ${dockerSentence(error)}`,
          hint: `on ${host.name}: docker system df`,
        },
        { cause: error },
      );
    }
    return undefined;
  },
};
