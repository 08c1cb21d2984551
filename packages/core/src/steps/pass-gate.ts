import type { PrepareResult } from "@cutover/proxy/protocol";
import { DeployError } from "../errors/index.ts";
import { ProxyRefusal } from "../hosts/proxy-refusal.ts";
import { unlessAborted } from "../hosts/unless-aborted.ts";
import type { PassGate } from "../plan/step.ts";
import type { Act } from "./act.ts";
import { askAgain } from "./ask-again.ts";
import { whenExited } from "./exit-watch.ts";
import { gateFailure } from "./gate/gate-failure.ts";
import { proxyOptions } from "./proxy-options.ts";
import type { StepHandler } from "./step-handler.ts";

/** Docker's short form of an id, which its network's name server knows the container by. */
const SHORT_ID = 12;

export const passGate: StepHandler<PassGate> = {
  describe: ({ container, health }) => `wait until ${container} answers ${health.path ?? "/up"}`,
  async run(step, act) {
    const id = await containerId(step, act);
    const result = await prepared(step, `${id.slice(0, SHORT_ID)}:${step.appPort}`, act);
    act.signal.throwIfAborted();
    if (result.state === "healthy") return `healthy after ${result.afterMs} ms`;
    const { container, appPort, deadlineMs } = step;
    const path = step.health.path ?? "/up";
    throw await gateFailure({ container, appPort, path, deadlineMs }, result.evidence, act);
  },
  async undo(step, act) {
    await abandon(step, "called off", act);
  },
};

/** Known where this run made the container; one that was started again has to be looked up. */
async function containerId({ container }: PassGate, { host, docker, memory }: Act): Promise<string> {
  return memory.container(host.name, container) ?? (await docker.getContainer(container).inspect()).Id;
}

/** Asks the proxy, and tells it at once when the container has exited or is no longer wanted. */
async function prepared(step: PassGate, target: string, act: Act): Promise<PrepareResult> {
  const watch = new AbortController();
  const exit = whenExited(act.docker.getContainer(step.container), watch.signal, (code) =>
    abandon(step, `exited with code ${code}`, act),
  );
  try {
    // When it is called off the proxy is told by the step's undo.
    return await unlessAborted(act.signal, () => ask(step, target, act));
  } finally {
    watch.abort();
    await exit;
  }
}

/** One that is killed meanwhile has forgotten the candidate when it is back, and is told of it anew. */
async function ask(step: PassGate, target: string, act: Act): Promise<PrepareResult> {
  const { around, host } = act;
  const { service, candidate, health, deadlineMs, expiresMs } = step;
  const options = await proxyOptions(step, act);
  const limits = { deadlineMs, expiresMs };
  const params = { service, candidate, targets: [target], options, health, ...limits };
  try {
    const id = act.memory.requestId(host.name, `prepare ${service}`, around.random);
    return await askAgain(host, (control) => control.ask(id, "prepare", params, around.fence(host.name)));
  } catch (error) {
    throw routeTaken(error, host.name);
  }
}

async function abandon(step: PassGate, reason: string, act: Act): Promise<void> {
  const { service, candidate } = step;
  const { around, host } = act;
  try {
    const params = { service, candidate, reason };
    const id = around.random.hex(8);
    await askAgain(host, (control) => control.ask(id, "abandon", params, around.fence(host.name)));
  } catch (error) {
    // It was forgotten already, or never known.
    const known = error instanceof ProxyRefusal && /^unknown-/.test(error.code);
    if (!known) throw error;
  }
}

function routeTaken(error: unknown, host: string): unknown {
  if (!(error instanceof ProxyRefusal) || error.code !== "route-taken") return error;
  return new DeployError(
    "CONFIG_INVALID",
    {
      cause: `another app on ${host} answers to the same name and path: ${error.message}`,
      hint: "give this app its own name under proxy.host",
    },
    { cause: error },
  );
}
