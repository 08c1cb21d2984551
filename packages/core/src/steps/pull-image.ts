import type Dockerode from "dockerode";
import { DeployError } from "../errors/index.ts";
import type { PullImage } from "../plan/step.ts";
import { imageByDigest, imageByTag } from "../release/release.ts";
import type { Act } from "./act.ts";
import { dockerSentence, dockerStatus } from "./docker-status.ts";
import { followDocker } from "./follow-docker.ts";
import type { StepHandler } from "./step-handler.ts";

export const pullImage: StepHandler<PullImage> = {
  describe: ({ image }) => `pull ${imageByTag(image)}`,
  async run({ image, tags }, act) {
    const name = imageByDigest(image);
    const present = await isPresent(act.docker, name);
    if (!present) await pull(name, act);
    // Tags are for people and for what else looks at the host; we boot by digest.
    const pulled = act.docker.getImage(name);
    await Promise.all([image.tag, ...tags].map((tag) => pulled.tag({ repo: image.repository, tag })));
    return present ? "was there already" : undefined;
  },
};

async function isPresent(docker: Dockerode, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).inspect();
    return true;
  } catch (error) {
    if (dockerStatus(error) === 404) return false;
    throw error;
  }
}

async function pull(name: string, act: Act): Promise<void> {
  const { docker, around, signal } = act;
  const login = await around.login();
  try {
    const stream = await docker.pull(name, login === null ? {} : { authconfig: login });
    await followDocker(docker, stream, signal, ({ status, id }) => {
      if (status !== undefined && id !== undefined) act.progress(`${id}: ${status}`);
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw pullFailure(name, act.host.name, error);
  }
}

function pullFailure(name: string, host: string, error: unknown): DeployError {
  const said = dockerSentence(error);
  if (/no space left/i.test(said))
    return new DeployError(
      "DISK_FULL",
      {
        cause: `${host} has no room for the image: ${said}`,
        hint: `on ${host}: docker system df, docker system prune`,
      },
      { cause: error },
    );
  if (/unauthorized|authentication required|no basic auth|access denied|denied:/i.test(said))
    return new DeployError(
      "REGISTRY_REFUSED",
      {
        cause: `the registry refused ${host} the image ${name}: ${said}`,
        hint: "check registry.username and registry.password",
      },
      { cause: error },
    );
  const platform = /no matching manifest|does not match the (?:specified|host) platform/i.test(said);
  return new DeployError(
    "TRANSFER_FAILED",
    {
      cause: `${host} could not pull ${name}: ${said}`,
      hint: platform ? "build for the host's processor too: builder.arch" : `on ${host}: docker pull ${name}`,
    },
    { cause: error },
  );
}
