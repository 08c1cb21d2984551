import { Fields } from "../control/fields.ts";
import { ControlRefusal } from "../control/refusal.ts";
import type { AllowRule, Split } from "../split/split.ts";
import type { VerbHandler } from "./verb.ts";

/** Sends a share of requests to a candidate before it is committed. Nothing of it is kept over a restart. */
export const split: VerbHandler = {
  verb: "split",
  changes: true,
  keepsAnswer: false,
  async run(params, _id, { registry, turns, log }) {
    const { service: name, ...wanted } = readSplit(params);
    await turns.take(async () => {});
    const service = registry.known(name);
    const ends = wanted.percent === 0 && wanted.allow.length === 0;
    if (ends) service.endSplit();
    else {
      const candidate = service.candidates.get(wanted.candidate);
      if (candidate === undefined) {
        throw new ControlRefusal(
          "unknown-candidate",
          `${name} has no candidate ${wanted.candidate}`,
          "candidate",
        );
      }
      if (candidate.phase !== "open") {
        const message = `${wanted.candidate} has not been found healthy yet`;
        throw new ControlRefusal("not-healthy", message, "candidate");
      }
      service.beginSplit(wanted, candidate);
    }
    log(ends ? "split.ended" : "split.set", { service: name, ...wanted });
    return {};
  },
};

function readSplit(params: unknown): Split & { service: string } {
  const fields = new Fields(params);
  const read = {
    service: fields.name("service"),
    candidate: fields.name("candidate"),
    percent: fields.integer("percentHundredths", 0, 10_000) / 100,
    cookie: fields.has("cookie") ? fields.name("cookie") : "cutover-split",
    allow: (fields.list("allow") ?? []).map(readRule),
  };
  fields.end();
  return read;
}

function readRule(fields: Fields): AllowRule {
  const kind = fields.choice("kind", ["header", "cookie"]);
  const name = fields.name("name");
  const rule = {
    kind,
    name: kind === "header" ? name.toLowerCase() : name,
    values: fields.texts("values", (value) => value),
  };
  fields.end();
  return rule;
}
