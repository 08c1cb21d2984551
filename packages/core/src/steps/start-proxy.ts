import { PROXY_CONTAINER } from "../hosts/proxy-container.ts";
import type { StartProxy } from "../plan/step.ts";
import { proxyAnswers } from "./proxy-answers.ts";
import type { StepHandler } from "./step-handler.ts";

export const startProxy: StepHandler<StartProxy> = {
  describe: () => "start the proxy, which is stopped",
  async run(_step, act) {
    await act.docker.getContainer(PROXY_CONTAINER).start();
    await proxyAnswers(act);
    return undefined;
  },
};
