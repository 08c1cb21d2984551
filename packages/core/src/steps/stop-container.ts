import { dockerStatus } from "../hosts/docker/docker-status.ts";
import { ProxyRefusal } from "../hosts/proxy-refusal.ts";
import type { StopContainer } from "../plan/step.ts";
import type { Act } from "./act.ts";
import type { StepHandler } from "./step-handler.ts";
import { stopForGood } from "./stop-for-good.ts";

export const stopContainer: StepHandler<StopContainer> = {
  describe: ({ name }) => `stop ${name}`,
  async run(step, act) {
    const container = act.docker.getContainer(step.name);
    await notWarm(step, act);
    if (step.service === null) await rememberPolicy(step.name, act);
    return (await stopForGood(container, step.stopTimeoutMs)) ? undefined : "was gone already";
  },
  async undo({ name }, { docker, host, memory }) {
    const restart = memory.policyBefore(host.name, name);
    if (restart === null) return;
    const container = docker.getContainer(name);
    await container.update({ RestartPolicy: restart });
    await container.start().catch((error: unknown) => {
      // 304: it had not been stopped yet.
      if (dockerStatus(error) !== 304) throw error;
    });
  },
};

/** A worker may have to be started again. What the proxy knew is stopped when there is no way back. */
async function rememberPolicy(name: string, { docker, host, memory }: Act): Promise<void> {
  try {
    const { HostConfig } = await docker.getContainer(name).inspect();
    memory.stopping(host.name, name, HostConfig.RestartPolicy ?? { Name: "no" });
  } catch (error) {
    // Gone: there is nothing to start again.
    if (dockerStatus(error) !== 404) throw error;
  }
}

/** Tells the proxy that there is no going back to the container, before there is none. */
async function notWarm({ service, candidate }: StopContainer, { host, around }: Act): Promise<void> {
  if (service === null) return;
  const control = await host.proxy();
  try {
    const params = { service, candidate, reason: "its container is stopped" };
    await control.ask(around.random.hex(8), "abandon", params, around.fence(host.name));
  } catch (error) {
    // A container from before the last switch; the proxy has forgotten it long ago.
    const known = error instanceof ProxyRefusal && /^unknown-/.test(error.code);
    if (!known) throw error;
  }
}
