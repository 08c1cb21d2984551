import { readReceiptQuery } from "../control/params.ts";
import { ControlRefusal } from "../control/refusal.ts";
import type { VerbHandler } from "./verb.ts";

/** What became of every request around one switch. */
export const receipt: VerbHandler = {
  verb: "receipt",
  changes: false,
  keepsAnswer: false,
  async run(params, _id, context) {
    const query = readReceiptQuery(params);
    const service = context.registry.known(query.service);
    const found = service.receipts.get(query.switch);
    if (found === undefined) {
      const message = `${service.name} has made no switch ${query.switch}, or it is too long ago`;
      throw new ControlRefusal("unknown-switch", message, "switch");
    }
    if (query.wait === "drained") await service.drains.get(query.switch)?.ended;
    return found;
  },
};
