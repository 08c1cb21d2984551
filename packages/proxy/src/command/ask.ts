import type { ParseArgsOptionsConfig } from "node:util";
import type { HandledVerb, PrepareParams, SplitParams, Verb, Verbs } from "../control/protocol.ts";
import { type Flags, UsageError } from "./flags.ts";

/** A verb as a person types it: its flags, and the parameters that these make. */
export interface AskCommand<V extends Verb = Verb> {
  verb: V;
  summary: string;
  flags: ParseArgsOptionsConfig;
  params(flags: Flags): Verbs[V]["params"];
}

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;

/** How long a person's command lets things take, unless told otherwise. */
const handDefaults = { deadlineMs: 30_000, expiresMs: 600_000, drainTimeoutMs: 30_000 };

const drainFlags = { "drain-timeout": text, "websocket-drain-timeout": text };

function drainParams(flags: Flags) {
  const websocketDrainTimeoutMs = flags.duration("websocket-drain-timeout");
  return {
    drainTimeoutMs: flags.duration("drain-timeout") ?? handDefaults.drainTimeoutMs,
    ...(websocketDrainTimeoutMs !== undefined && { websocketDrainTimeoutMs }),
  };
}

const prepare: AskCommand<"prepare"> = {
  verb: "prepare",
  summary: "register a candidate and wait until it is healthy",
  flags: {
    service: text,
    candidate: text,
    target: texts,
    host: texts,
    "path-prefix": texts,
    "keep-path-prefix": { type: "boolean" },
    "response-timeout": text,
    options: text,
    "health-path": text,
    "health-port": text,
    "health-host": text,
    "health-timeout": text,
    deadline: text,
    expires: text,
  },
  params: readPrepare,
};

const commit: AskCommand<"commit"> = {
  verb: "commit",
  summary: "route every new request to a healthy candidate",
  flags: { service: text, candidate: text, ...drainFlags },
  params: (flags) => ({
    service: flags.required("service"),
    candidate: flags.required("candidate"),
    ...drainParams(flags),
  }),
};

const revert: AskCommand<"revert"> = {
  verb: "revert",
  summary: "undo the last switch while what served before is warm",
  flags: { service: text, switch: text, ...drainFlags },
  params: (flags) => ({
    service: flags.required("service"),
    switch: flags.required("switch"),
    ...drainParams(flags),
  }),
};

const abandon: AskCommand<"abandon"> = {
  verb: "abandon",
  summary: "give a candidate up",
  flags: { service: text, candidate: text, reason: text },
  params: (flags) => ({
    service: flags.required("service"),
    candidate: flags.required("candidate"),
    reason: flags.text("reason") ?? "given up by hand",
  }),
};

const receipt: AskCommand<"receipt"> = {
  verb: "receipt",
  summary: "what became of every request around a switch",
  flags: { service: text, switch: text, wait: { type: "boolean" } },
  params: (flags) => ({
    service: flags.required("service"),
    switch: flags.required("switch"),
    wait: flags.isSet("wait") ? "drained" : "now",
  }),
};

const remove: AskCommand<"remove"> = {
  verb: "remove",
  summary: "forget a service",
  flags: { service: text },
  params: (flags) => ({ service: flags.required("service") }),
};

const split: AskCommand<"split"> = {
  verb: "split",
  summary: "send a share of requests to a healthy candidate",
  flags: {
    service: text,
    candidate: text,
    percent: text,
    cookie: text,
    "allow-header": texts,
    "allow-cookie": texts,
  },
  params: (flags) => {
    const percent = Number(flags.required("percent"));
    if (!(percent >= 0 && percent <= 100)) throw new UsageError("--percent must be a number from 0 to 100");
    const cookie = flags.text("cookie");
    return {
      service: flags.required("service"),
      candidate: flags.required("candidate"),
      percentHundredths: Math.round(percent * 100),
      ...(cookie !== undefined && { cookie }),
      allow: [...allowRules(flags, "header"), ...allowRules(flags, "cookie")],
    };
  },
};

const pause: AskCommand<"pause"> = {
  verb: "pause",
  summary: "hold new requests until resume",
  flags: { service: text, timeout: text, "max-requests": text },
  params: (flags) => {
    const timeoutMs = flags.duration("timeout");
    const maxRequests = flags.number("max-requests");
    return {
      service: flags.required("service"),
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(maxRequests !== undefined && { maxRequests }),
    };
  },
};

const resume: AskCommand<"resume"> = {
  verb: "resume",
  summary: "let what is held go on",
  flags: { service: text },
  params: (flags) => ({ service: flags.required("service") }),
};

const stop: AskCommand<"stop"> = {
  verb: "stop",
  summary: "answer 503 with a message, for maintenance",
  flags: { service: text, message: text },
  params: (flags) => {
    const message = flags.text("message");
    return { service: flags.required("service"), ...(message !== undefined && { message }) };
  },
};

const start: AskCommand<"start"> = {
  verb: "start",
  summary: "end maintenance",
  flags: { service: text },
  params: (flags) => ({ service: flags.required("service") }),
};

const replace: AskCommand<"replace"> = {
  verb: "replace",
  summary: "let another worker take over, without a gap",
  flags: { program: text },
  params: (flags) => {
    const program = flags.text("program");
    return program === undefined ? {} : { program };
  },
};

const list: AskCommand<"list"> = {
  verb: "list",
  summary: "every service as it is now",
  flags: {},
  params: () => ({}),
};

/**
 * The verbs that people may type, in the order that help shows them. A verb of the protocol that is missing
 * here is an error of types.
 */
export const askCommands: { readonly [V in HandledVerb]: AskCommand<V> } = {
  list,
  prepare,
  commit,
  revert,
  receipt,
  split,
  pause,
  resume,
  stop,
  start,
  abandon,
  remove,
  replace,
};

/** Each `NAME=VALUE`, or `NAME=VALUE,VALUE`. */
function allowRules(flags: Flags, kind: "header" | "cookie"): NonNullable<SplitParams["allow"]> {
  return flags.all(`allow-${kind}`).map((rule) => {
    const [name = "", values] = rule.split("=", 2);
    if (values === undefined)
      throw new UsageError(`--allow-${kind} must be NAME=VALUE, with commas between values`);
    return { kind, name, values: values.split(",") };
  });
}

function readPrepare(flags: Flags): PrepareParams {
  const targets = flags.all("target");
  if (targets.length === 0) throw new UsageError("--target is missing");
  const options: PrepareParams["options"] = { hosts: flags.all("host"), ...flags.json("options") };
  const prefixes = flags.all("path-prefix");
  if (prefixes.length > 0) options.pathPrefixes = prefixes;
  if (flags.isSet("keep-path-prefix")) options.stripPathPrefix = false;
  const responseTimeoutMs = flags.duration("response-timeout");
  if (responseTimeoutMs !== undefined) options.responseTimeoutMs = responseTimeoutMs;
  return {
    service: flags.required("service"),
    candidate: flags.required("candidate"),
    targets,
    options,
    health: readHealthFlags(flags),
    deadlineMs: flags.duration("deadline") ?? handDefaults.deadlineMs,
    expiresMs: flags.duration("expires") ?? handDefaults.expiresMs,
  };
}

function readHealthFlags(flags: Flags): PrepareParams["health"] {
  const health: PrepareParams["health"] = {};
  const path = flags.text("health-path");
  const port = flags.number("health-port");
  const host = flags.text("health-host");
  const timeoutMs = flags.duration("health-timeout");
  if (path !== undefined) health.path = path;
  if (port !== undefined) health.port = port;
  if (host !== undefined) health.host = host;
  if (timeoutMs !== undefined) health.timeoutMs = timeoutMs;
  return health;
}
