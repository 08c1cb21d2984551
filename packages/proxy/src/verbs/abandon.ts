import { readAbandon } from "../control/params.ts";
import { ControlRefusal } from "../control/refusal.ts";
import type { Service } from "../switch/service.ts";
import { afterDrop } from "../switch/serving.ts";
import type { ProxyContext, VerbHandler } from "./verb.ts";

/** A candidate, or what served before, is dead or unwanted. */
export const abandon: VerbHandler = {
  verb: "abandon",
  changes: true,
  keepsAnswer: false,
  async run(params, _id, context) {
    const { service: name, candidate, reason } = readAbandon(params);
    const service = context.registry.known(name);
    const pending = service.candidates.get(candidate);
    if (pending !== undefined) pending.abandon(reason);
    else if (service.serving.previous?.candidate === candidate) await drop(service, candidate, context);
    else throw refusal(service, candidate);
    context.log("gate.abandoned", { service: name, candidate, reason });
    return {};
  },
};

function drop(service: Service, candidate: string, context: ProxyContext): Promise<void> {
  return context.turns.take(async () => {
    if (service.serving.previous?.candidate !== candidate) return;
    service.drop(afterDrop(service.serving));
    await context.save(context.registry.snapshot());
  });
}

function refusal(service: Service, candidate: string): ControlRefusal {
  const serves = service.serving.active?.candidate === candidate;
  const what = serves ? "serves and is no candidate any more" : "is no candidate";
  return new ControlRefusal("unknown-candidate", `${candidate} of ${service.name} ${what}`, "candidate");
}
