import type { Receipt } from "@cutover/proxy/protocol";
import { unlessAborted } from "../hosts/unless-aborted.ts";
import type { DrainOld } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";

export const drainOld: StepHandler<DrainOld> = {
  describe: ({ service }) => `let the requests on the old container of ${service} end`,
  async run({ service }, { host, around, memory, emit, signal }) {
    const made = memory.switchOf(host.name, service);
    if (made === null) return undefined;
    const control = await host.proxy();
    const params = { service, switch: made.switch, wait: "drained" as const };
    const receipt = await unlessAborted(signal, () => control.ask(around.random.hex(8), "receipt", params));
    memory.gotReceipt(host.name, receipt);
    emit({ type: "receipt", host: host.name, service, receipt });
    return drainNote(receipt);
  },
};

/** `3 in flight, 3 drained in 140 ms`. */
function drainNote(receipt: Receipt): string | undefined {
  if (receipt.from === null) return undefined;
  const cut = receipt.cut === 0 ? "" : `, ${receipt.cut} cut at the limit`;
  return `${receipt.inFlight} in flight, ${receipt.drained} drained in ${Math.round(receipt.drainMs)} ms${cut}`;
}
