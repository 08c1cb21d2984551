import { readServiceName } from "../control/params.ts";
import type { VerbHandler } from "./verb.ts";

/** Forgets a service. What is under way goes on to its end; what comes after gets 404. */
export const remove: VerbHandler = {
  verb: "remove",
  changes: true,
  keepsAnswer: true,
  async run(params, id, context) {
    const { service: name } = readServiceName(params);
    const { registry, save, turns, log } = context;
    return turns.take(async () => {
      const service = registry.services.get(name);
      const result = { removed: service !== undefined };
      if (service === undefined) return result;
      const answer = { id, verb: "remove", result };
      await save(registry.snapshot({ service: name, serving: null, answer }));
      for (const candidate of [...service.candidates.values()]) candidate.abandon("its service was removed");
      registry.services.delete(name);
      service.hold.refuse();
      registry.reroute();
      registry.remember(answer);
      service.active?.closeIdle();
      service.previous?.closeIdle();
      log("service.removed", { service: name });
      return result;
    });
  },
};
