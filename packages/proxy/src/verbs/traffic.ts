import { Fields } from "../control/fields.ts";
import { readServiceName } from "../control/params.ts";
import { ControlRefusal } from "../control/refusal.ts";
import { type TrafficEvent, trafficAfter } from "../hold/traffic.ts";
import type { ProxyContext, VerbHandler } from "./verb.ts";

/** How long a held request waits, and how many do, unless the client says otherwise. */
const pauseDefaults = { timeoutMs: 30_000, maxRequests: 1_000 };

/** Holds new requests until `resume`. */
export const pause: VerbHandler = {
  verb: "pause",
  changes: true,
  keepsAnswer: true,
  async run(params, id, context) {
    const fields = new Fields(params);
    const service = fields.name("service");
    const timeoutMs = fields.duration("timeoutMs", pauseDefaults.timeoutMs);
    const maxRequests = fields.integer("maxRequests", 1, 100_000, pauseDefaults.maxRequests);
    fields.end();
    await change(context, service, id, { type: "pause", timeoutMs, maxRequests });
    return {};
  },
};

/** Lets what is held go on, in order. */
export const resume: VerbHandler = {
  verb: "resume",
  changes: true,
  keepsAnswer: true,
  async run(params, id, context) {
    return { released: await change(context, readServiceName(params).service, id, { type: "resume" }) };
  },
};

/** Answers 503 with a message, for as long as maintenance takes. */
export const stop: VerbHandler = {
  verb: "stop",
  changes: true,
  keepsAnswer: true,
  async run(params, id, context) {
    const fields = new Fields(params);
    const service = fields.name("service");
    const message = fields.has("message") ? fields.text("message", 2_000) : null;
    fields.end();
    await change(context, service, id, { type: "stop", message });
    return {};
  },
};

/** Ends maintenance. */
export const start: VerbHandler = {
  verb: "start",
  changes: true,
  keepsAnswer: true,
  async run(params, id, context) {
    await change(context, readServiceName(params).service, id, { type: "start" });
    return {};
  },
};

/** Gives how many requests were let go on. */
function change(context: ProxyContext, name: string, id: string, event: TrafficEvent): Promise<number> {
  const { registry, save, turns, log } = context;
  return turns.take(async () => {
    const service = registry.known(name);
    const traffic = trafficAfter(service.serving.traffic, event);
    if (traffic === null) {
      const message = `${name} is ${service.serving.traffic.mode}, so it can't ${event.type}`;
      throw new ControlRefusal("wrong-state", message, "service");
    }
    const serving = { ...service.serving, traffic };
    const released = event.type === "resume" ? service.hold.size : 0;
    const result = event.type === "resume" ? { released } : {};
    const answer = { id, verb: event.type, result };
    await save(registry.snapshot({ service: name, serving, answer }));
    registry.remember(answer);
    service.setTraffic(serving);
    log(`traffic.${traffic.mode}`, { service: name, ...traffic });
    return released;
  });
}
