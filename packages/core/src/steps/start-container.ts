import { DeployError } from "../errors/index.ts";
import { dockerSentence, dockerStatus } from "../hosts/docker/docker-status.ts";
import type { StartContainer } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";
import { stopForGood } from "./stop-for-good.ts";

export const startContainer: StepHandler<StartContainer> = {
  describe: ({ name }) => `start ${name}`,
  async run({ name }, { docker, host }) {
    try {
      await docker.getContainer(name).start();
    } catch (error) {
      // 304: it runs already.
      if (dockerStatus(error) === 304) return undefined;
      throw startFailure(name, host.name, error);
    }
    return undefined;
  },
  async undo({ name, stopTimeoutMs }, { docker }) {
    await stopForGood(docker.getContainer(name), stopTimeoutMs);
  },
};

/** Docker says 400 for a command that cannot be run, 500 for most else; both say why in a sentence. */
function startFailure(name: string, host: string, error: unknown): unknown {
  const said = dockerSentence(error);
  const missing = /exec: \\?"?([^":\\]+)\\?"?: (?:stat|executable file not found|no such file)/i.exec(said);
  if (missing !== null)
    return new DeployError(
      "GATE_FAILED",
      {
        cause: `${name} on ${host} cannot start: the image has no ${missing[1]}`,
        details: [said],
        hint: "check CMD and ENTRYPOINT of the Dockerfile, and cmd of the role",
      },
      { cause: error },
    );
  if (/exec format error/i.test(said))
    return new DeployError(
      "GATE_FAILED",
      {
        cause: `${name} on ${host} cannot start: the image is for another processor`,
        details: [said],
        hint: "set builder.arch to the host's",
      },
      { cause: error },
    );
  if (/port is already allocated|address already in use/i.test(said))
    return new DeployError(
      "PORT_TAKEN",
      {
        cause: `${name} on ${host} cannot start: ${said}`,
        hint: "a port published under options.publish is taken, perhaps by the old container: let the proxy publish, not the app",
      },
      { cause: error },
    );
  return error;
}
