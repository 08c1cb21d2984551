import type { ContainerCreateOptions } from "dockerode";
import { z } from "zod";
import { DeployError } from "../errors/index.ts";
import { dockerStatus } from "../hosts/docker/docker-status.ts";
import type { CreateContainer } from "../plan/step.ts";
import { environmentList } from "../release/environment.ts";
import { RELEASE_LABEL } from "../release/labels.ts";
import type { Act } from "./act.ts";
import type { StepHandler } from "./step-handler.ts";

const environmentFile = z.record(z.string(), z.string());

export const createContainer: StepHandler<CreateContainer> = {
  describe: ({ name }) => `create ${name}`,
  async run(step, act) {
    const written = await writtenEnvironment(step, act);
    act.around.fence(act.host.name);
    const id = await created(step, act, {
      ...step.settings,
      name: step.name,
      Image: step.image,
      // The environment goes through the API byte for byte, newlines and all.
      Env: [...(step.settings.Env ?? []), ...environmentList(written)],
    });
    act.memory.madeContainer(act.host.name, step.name, id);
    return undefined;
  },
  async undo({ name }, { docker, host, memory }) {
    const id = memory.container(host.name, name);
    if (id === null) return;
    try {
      await docker.getContainer(id).remove({ force: true });
    } catch (error) {
      if (dockerStatus(error) !== 404) throw error;
    }
  },
};

/** @returns the container's id; of one that was made before the connection dropped, where it did */
async function created(
  step: CreateContainer,
  { docker }: Act,
  body: ContainerCreateOptions,
): Promise<string> {
  try {
    return (await docker.createContainer(body)).id;
  } catch (error) {
    if (dockerStatus(error) !== 409) throw error;
    const { Id, Config } = await docker.getContainer(step.name).inspect();
    if (Config.Labels[RELEASE_LABEL] !== step.release) throw error;
    return Id;
  }
}

/** The environment as it was recorded with the release, so that a rollback boots what was deployed. */
async function writtenEnvironment({ release, role }: CreateContainer, { host, around }: Act) {
  const path = around.folders.environment(release, role);
  const text = await (await host.files()).read(path);
  if (text === null)
    throw new DeployError("RELEASE_UNKNOWN", {
      cause: `the environment of ${role} in release ${release} is not on ${host.name} (${path})`,
      hint: "deploy the version anew: deploy --version VERSION",
    });
  return environmentFile.parse(JSON.parse(text.toString("utf8")));
}
