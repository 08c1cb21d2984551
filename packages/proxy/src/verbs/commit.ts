import { drainLimits, readCommit } from "../control/params.ts";
import type { CommitParams, CommitResult } from "../control/protocol.ts";
import { ControlRefusal } from "../control/refusal.ts";
import type { Candidate } from "../gate/candidate.ts";
import { findFailing } from "../gate/check.ts";
import { describeEvidence } from "../gate/evidence.ts";
import { makeSwitch } from "../switch/make.ts";
import type { Service } from "../switch/service.ts";
import { afterCommit } from "../switch/serving.ts";
import type { ProxyContext, VerbHandler } from "./verb.ts";

/** Routes every new request to a healthy candidate, in one step. */
export const commit: VerbHandler = {
  verb: "commit",
  changes: true,
  keepsAnswer: true,
  run: (params, id, context) => commitCandidate(readCommit(params), id, context),
};

async function commitCandidate(
  params: CommitParams,
  id: string,
  context: ProxyContext,
): Promise<CommitResult> {
  const service = context.registry.known(params.service);
  const { lastSwitch } = service.serving;
  if (lastSwitch !== null && lastSwitch.to === params.candidate) {
    return { switch: lastSwitch.id, at: lastSwitch.at, previous: lastSwitch.from };
  }
  await refuseUnlessWell(find(service, params.candidate), context);
  return context.turns.take(async () => {
    // It may have been abandoned, or committed by another, while it was being asked.
    const candidate = find(service, params.candidate);
    context.registry.refuseTakenRoutes(service, candidate.preparation.options);
    const { candidate: name, targets, options, health } = candidate.preparation;
    const shared = service.split?.candidate === candidate ? service.split.group.release : null;
    const release = shared ?? { candidate: name, targets, options, health };
    const next = afterCommit(service.serving, release, context.clock.now());
    const result = await makeSwitch(context, service, next, {
      id,
      verb: "commit",
      limits: drainLimits(params),
      gateMs: candidate.healthyAfterMs,
    });
    candidate.committed();
    service.candidates.delete(name);
    return result;
  });
}

function find(service: Service, name: string): Candidate {
  const candidate = service.candidates.get(name);
  if (candidate !== undefined) return candidate;
  const message = `${service.name} has no candidate ${name}; it expired, was abandoned or was never prepared`;
  throw new ControlRefusal("unknown-candidate", message, "candidate");
}

/** What was healthy a while ago may have died since. */
async function refuseUnlessWell(candidate: Candidate, context: ProxyContext): Promise<void> {
  const { preparation, phase } = candidate;
  if (phase !== "open") {
    const message = `${preparation.candidate} has not been found healthy yet`;
    throw new ControlRefusal("not-healthy", message, "candidate");
  }
  const evidence = await findFailing(preparation, context.probe);
  if (evidence === null) return;
  const message = `${preparation.candidate} is not healthy any more: ${describeEvidence(evidence)}`;
  throw new ControlRefusal("not-healthy", message, "candidate");
}
