import { drainLimits, readRevert } from "../control/params.ts";
import type { CommitResult, RevertParams } from "../control/protocol.ts";
import { ControlRefusal } from "../control/refusal.ts";
import { findFailing } from "../gate/check.ts";
import { describeEvidence } from "../gate/evidence.ts";
import { makeSwitch } from "../switch/make.ts";
import type { Service } from "../switch/service.ts";
import { afterRevert } from "../switch/serving.ts";
import type { ProxyContext, VerbHandler } from "./verb.ts";

/** The last switch backwards, while what served before is still warm. */
export const revert: VerbHandler = {
  verb: "revert",
  changes: true,
  keepsAnswer: true,
  run: (params, id, context) => revertSwitch(readRevert(params), id, context),
};

async function revertSwitch(params: RevertParams, id: string, context: ProxyContext): Promise<CommitResult> {
  const service = context.registry.known(params.service);
  refuseUnlessLast(service, params.switch);
  await refuseUnlessWarm(service, context);
  return context.turns.take(async () => {
    refuseUnlessLast(service, params.switch);
    const { previous } = service.serving;
    if (previous !== null) context.registry.refuseTakenRoutes(service, previous.options);
    const next = afterRevert(service.serving, context.clock.now());
    return makeSwitch(context, service, next, {
      id,
      verb: "revert",
      limits: drainLimits(params),
      gateMs: null,
    });
  });
}

function refuseUnlessLast(service: Service, id: string): void {
  const last = service.serving.lastSwitch?.id ?? null;
  if (last === id) return;
  if (service.receipts.has(id)) {
    const message = `${id} is not the last switch of ${service.name}, which is ${last}; only that can be reverted`;
    throw new ControlRefusal("not-warm", message, "switch");
  }
  throw new ControlRefusal("unknown-switch", `${service.name} has made no switch ${id}`, "switch");
}

async function refuseUnlessWarm(service: Service, context: ProxyContext): Promise<void> {
  const { previous, lastSwitch } = service.serving;
  if (previous === null) {
    // Nothing served before the first switch, and nothing is what it goes back to.
    if (lastSwitch?.from === null) return;
    const message = `${lastSwitch?.from} is gone, so there is nothing to go back to`;
    throw new ControlRefusal("not-warm", message, "switch");
  }
  const evidence = await findFailing(previous, context.probe);
  if (evidence === null) return;
  throw new ControlRefusal(
    "not-warm",
    `${previous.candidate} is not warm: ${describeEvidence(evidence)}`,
    "switch",
  );
}
