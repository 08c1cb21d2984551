import { Fields } from "../control/fields.ts";
import { ControlRefusal } from "../control/refusal.ts";
import type { VerbHandler } from "./verb.ts";

/** Puts another program, or the same one anew, in this one's place, without a gap. */
export const replace: VerbHandler = {
  verb: "replace",
  changes: false,
  keepsAnswer: false,
  async run(params, _id, context) {
    const fields = new Fields(params);
    const folder = fields.has("program") ? fields.text("program", 1_000) : null;
    fields.end();
    if (context.replace === null) {
      throw new ControlRefusal(
        "wrong-state",
        "this proxy runs without a supervisor, so it can't be replaced",
      );
    }
    try {
      await context.replace(folder);
    } catch (error) {
      throw new ControlRefusal("not-replaced", (error as Error).message, "program");
    }
    return {};
  },
};
