import { readNothing } from "../control/params.ts";
import type { VerbHandler } from "./verb.ts";

/** Every service as it is now. */
export const list: VerbHandler = {
  verb: "list",
  changes: false,
  keepsAnswer: false,
  async run(params, _id, { registry }) {
    readNothing(params);
    return { services: [...registry.services.values()].map((service) => service.state()) };
  },
};
