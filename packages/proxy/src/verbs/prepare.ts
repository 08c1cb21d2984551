import { readPreparation } from "../control/params.ts";
import type { PrepareResult } from "../control/protocol.ts";
import { ControlRefusal } from "../control/refusal.ts";
import { Candidate } from "../gate/candidate.ts";
import type { ProxyContext, VerbHandler } from "./verb.ts";

/** Takes a candidate in and answers once it is known to be well, or why it is not. */
export const prepare: VerbHandler = {
  verb: "prepare",
  changes: true,
  keepsAnswer: false,
  run: (params, _id, context) => prepareCandidate(params, context),
};

async function prepareCandidate(params: unknown, context: ProxyContext): Promise<PrepareResult> {
  const preparation = readPreparation(params);
  const { registry, log } = context;
  const service = registry.service(preparation.service);
  try {
    registry.refuseTakenRoutes(service, preparation.options);
    if (service.active?.release.candidate === preparation.candidate) {
      const message = `${preparation.candidate} is what ${service.name} serves with already`;
      throw new ControlRefusal("bad-request", message, "candidate");
    }
  } catch (error) {
    registry.forgetIfEmpty(service);
    throw error;
  }
  service.candidates.get(preparation.candidate)?.abandon("it was prepared again");
  const candidate = new Candidate(preparation, context, (closed) => {
    if (service.candidates.get(preparation.candidate) === closed) {
      service.candidates.delete(preparation.candidate);
      if (service.split?.candidate === closed) service.endSplit();
      registry.forgetIfEmpty(service);
    }
  });
  service.candidates.set(preparation.candidate, candidate);
  log("gate.opened", {
    service: service.name,
    candidate: preparation.candidate,
    targets: preparation.targets,
  });
  const verdict = await candidate.verdict;
  log("gate.answered", { service: service.name, candidate: preparation.candidate, ...verdict });
  return verdict;
}
