import { DeployError } from "../errors/index.ts";
import { ProxyRefusal } from "../hosts/proxy-refusal.ts";
import type { SwitchService } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";

/** A switch is taken back so that clients get the old release at once; what the new one has begun may end. */
export const switchService: StepHandler<SwitchService> = {
  describe: ({ service }) => `route ${service} to the new container`,
  async run({ service, release, drainTimeoutMs }, { host, around, memory }) {
    const control = await host.proxy();
    const sentAt = performance.now();
    const params = { service, candidate: release, drainTimeoutMs };
    const answer = control.ask(around.random.hex(8), "commit", params, around.fence(host.name));
    const result = await answer.catch((error: unknown) => {
      throw commitFailure(error, service, host.name);
    });
    memory.madeSwitch({
      ...result,
      host: host.name,
      service,
      sentAt,
      answeredAt: performance.now(),
      reverted: false,
    });
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
