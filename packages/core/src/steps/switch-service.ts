import { DeployError } from "../errors/index.ts";
import { ProxyRefusal } from "../hosts/proxy-refusal.ts";
import type { SwitchService } from "../plan/step.ts";
import { askAgain } from "./ask-again.ts";
import { exitFailure } from "./gate/gate-failure.ts";
import type { StepHandler } from "./step-handler.ts";

/** A switch is taken back so that clients get the old release at once; what the new one has begun may end. */
export const switchService: StepHandler<SwitchService> = {
  describe: ({ service }) => `route ${service} to the new container`,
  async run({ container, service, candidate, drainTimeoutMs }, { host, docker, around, memory }) {
    const params = { service, candidate, drainTimeoutMs };
    const id = memory.requestId(host.name, `commit ${service}`, around.random);
    const fence = around.fence(host.name);
    const control = await host.proxy();
    memory.askingSwitch(host.name, service);
    const sentAt = performance.now();
    const answer = control.ask(id, "commit", params, fence);
    const result = await answer
      .catch((error: unknown) => {
        if (error instanceof ProxyRefusal || host.lost.aborted) throw error;
        return askAgain(host, (fresh) => fresh.ask(id, "commit", params, fence));
      })
      .catch(async (error: unknown) => {
        if (!(error instanceof ProxyRefusal)) throw error;
        memory.refusedSwitch(host.name, service);
        // What was healthy at its gate may have died since.
        const died =
          error.code === "not-healthy" ? await exitFailure(container, { docker, host, memory }) : null;
        throw died ?? commitFailure(error, service, host.name);
      });
    const answeredAt = performance.now();
    memory.madeSwitch({ ...result, host: host.name, service, sentAt, answeredAt, reverted: false });
    return undefined;
  },
  async undo({ service, drainTimeoutMs }, { host, around, memory }) {
    const made = memory.switchOf(host.name, service);
    if (made === null) return;
    const control = await host.proxy();
    const params = { service, switch: made.switch, drainTimeoutMs };
    const id = memory.requestId(host.name, `revert ${service}`, around.random);
    await control.ask(id, "revert", params, around.fence(host.name));
    memory.madeSwitch({ ...made, reverted: true });
  },
};

function commitFailure(error: ProxyRefusal, service: string, host: string): ProxyRefusal | DeployError {
  if (error.code === "stale-fence") return error;
  return new DeployError(
    "GATE_FAILED",
    { cause: `the proxy on ${host} did not switch ${service}: ${error.message}`, hint: "deploy again" },
    { cause: error },
  );
}
