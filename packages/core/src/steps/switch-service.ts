import { DeployError } from "../errors/index.ts";
import { ProxyRefusal } from "../hosts/proxy-refusal.ts";
import type { SwitchService } from "../plan/step.ts";
import { askAgain } from "./ask-again.ts";
import type { StepHandler } from "./step-handler.ts";

/** A switch is taken back so that clients get the old release at once; what the new one has begun may end. */
export const switchService: StepHandler<SwitchService> = {
  describe: ({ service }) => `route ${service} to the new container`,
  async run({ service, candidate, drainTimeoutMs }, { host, around, memory }) {
    const params = { service, candidate, drainTimeoutMs };
    const id = around.random.hex(8);
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
      .catch((error: unknown) => {
        if (error instanceof ProxyRefusal) memory.refusedSwitch(host.name, service);
        throw commitFailure(error, service, host.name);
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
    await control.ask(around.random.hex(8), "revert", params, around.fence(host.name));
    memory.madeSwitch({ ...made, reverted: true });
  },
};

function commitFailure(error: unknown, service: string, host: string): unknown {
  if (!(error instanceof ProxyRefusal) || error.code === "stale-fence") return error;
  return new DeployError(
    "GATE_FAILED",
    { cause: `the proxy on ${host} did not switch ${service}: ${error.message}`, hint: "deploy again" },
    { cause: error },
  );
}
