import { isIP } from "node:net";
import type { DrainLimits } from "../drain/drain.ts";
import { readHostPattern } from "../route/host.ts";
import { readPathPrefix } from "../route/prefix.ts";
import { parseTarget } from "../upstream/target.ts";
import { Fields } from "./fields.ts";
import type {
  AbandonParams,
  CommitParams,
  HelloParams,
  ReceiptParams,
  RevertParams,
  ServiceOptions,
} from "./protocol.ts";
import { ControlRefusal } from "./refusal.ts";
import type {
  BufferingSettings,
  HealthSettings,
  Preparation,
  RequestLogSettings,
  ServiceSettings,
} from "./settings.ts";
import { readTls, writeTls } from "./tls-params.ts";

/** Reads the parameters of `hello`. */
export function readHello(params: unknown): HelloParams {
  const versions = (params as { versions?: unknown } | null)?.versions;
  if (!Array.isArray(versions) || !versions.every((version) => Number.isInteger(version))) {
    throw new ControlRefusal("bad-request", "versions must be a list of whole numbers", "versions");
  }
  const client = (params as { client?: unknown }).client;
  return { versions, client: typeof client === "string" ? client.slice(0, 100) : "unnamed" };
}

/** Reads the parameters of `prepare`, with every default filled in. */
export function readPreparation(params: unknown): Preparation {
  const fields = new Fields(params);
  const targets = fields.texts("targets", readTarget);
  if (targets.length === 0) fields.refuse("targets", "a list of at least one target");
  const repeated = targets.findIndex((target, index) => targets.indexOf(target) !== index);
  if (repeated !== -1) fields.refuse(`targets[${repeated}]`, "named once only");
  const preparation = {
    service: fields.name("service"),
    candidate: fields.name("candidate"),
    targets,
    options: readOptions(fields.nested("options")),
    health: readHealth(fields.nested("health")),
    deadlineMs: fields.duration("deadlineMs"),
    expiresMs: fields.duration("expiresMs"),
  };
  fields.end();
  return preparation;
}

/** Reads the options of a service, also those that come back from the state file. */
export function readOptions(fields: Fields): ServiceSettings {
  const hosts = fields.texts("hosts", readHostPattern, []);
  const tls = fields.has("tls") ? readTls(fields.nested("tls")) : null;
  const settings: ServiceSettings = {
    hosts,
    pathPrefixes: fields.texts("pathPrefixes", readPathPrefix, ["/"]),
    stripPathPrefix: fields.flag("stripPathPrefix", true),
    responseTimeoutMs: fields.duration("responseTimeoutMs", 30_000),
    maxRequestBytes: fields.has("maxRequestBytes")
      ? fields.integer("maxRequestBytes", 0, Number.MAX_SAFE_INTEGER)
      : null,
    maxResponseBytes: fields.has("maxResponseBytes")
      ? fields.integer("maxResponseBytes", 0, Number.MAX_SAFE_INTEGER)
      : null,
    buffering: readBuffering(fields.nested("buffering")),
    requestLog: fields.has("requestLog") ? readRequestLog(fields.nested("requestLog")) : null,
    errorPages: readErrorPages(fields),
    forwardHeaders: fields.flag("forwardHeaders", tls === null),
    trustedProxies: fields.has("trustedProxies") ? fields.texts("trustedProxies", readNetwork) : null,
    tls,
  };
  if (tls?.source === "automatic" && (hosts.length === 0 || hosts.some((host) => host.startsWith("*")))) {
    fields.refuse("hosts", "a list of hosts without wildcards, for certificates are got for each of them");
  }
  if (settings.pathPrefixes.length === 0) fields.refuse("pathPrefixes", "a list of at least one prefix");
  fields.end();
  return settings;
}

/** The options as `list` answers them. */
export function writeOptions(settings: ServiceSettings): ServiceOptions {
  const { trustedProxies, maxRequestBytes, maxResponseBytes, requestLog, tls, ...plain } = settings;
  return {
    ...plain,
    ...(trustedProxies !== null && { trustedProxies }),
    ...(maxRequestBytes !== null && { maxRequestBytes }),
    ...(maxResponseBytes !== null && { maxResponseBytes }),
    ...(requestLog !== null && { requestLog }),
    ...(tls !== null && { tls: writeTls(tls) }),
  };
}

function readBuffering(fields: Fields): BufferingSettings {
  const buffering = {
    requests: fields.flag("requests", false),
    responses: fields.flag("responses", false),
    memoryBytes: fields.integer("memoryBytes", 0, Number.MAX_SAFE_INTEGER, 1_048_576),
  };
  fields.end();
  return buffering;
}

function readRequestLog(fields: Fields): RequestLogSettings {
  const log = {
    requestHeaders: fields.texts("requestHeaders", readFieldName, []),
    responseHeaders: fields.texts("responseHeaders", readFieldName, []),
  };
  fields.end();
  return log;
}

/** Reads how a candidate is asked whether it is well. */
export function readHealth(fields: Fields): HealthSettings {
  const path = fields.has("path") ? fields.text("path", 2000) : "/up";
  if (!/^\/[\x21-\x7e]*$/.test(path)) fields.refuse("path", "a path that begins with '/' and has no blanks");
  const host = fields.has("host") ? fields.text("host") : null;
  if (host !== null && !/^[\x21-\x7e]+$/.test(host)) fields.refuse("host", "a host name without blanks");
  const health: HealthSettings = {
    path,
    port: fields.has("port") ? fields.integer("port", 1, 65_535) : null,
    host,
    statuses: readStatuses(fields),
    timeoutMs: fields.duration("timeoutMs", 5_000),
    intervalMs: fields.duration("intervalMs", 1_000),
  };
  fields.end();
  return health;
}

function readStatuses(fields: Fields): HealthSettings["statuses"] {
  const ranges = fields.list("statuses");
  if (ranges === undefined) return [{ from: 200, to: 299 }];
  if (ranges.length === 0) fields.refuse("statuses", "a list of at least one range");
  return ranges.map((range) => {
    const from = range.integer("from", 100, 599);
    const to = range.integer("to", from, 599);
    range.end();
    return { from, to };
  });
}

export function readCommit(params: unknown): CommitParams {
  const fields = new Fields(params);
  const commit = {
    service: fields.name("service"),
    candidate: fields.name("candidate"),
    drainTimeoutMs: fields.duration("drainTimeoutMs"),
    ...(fields.has("websocketDrainTimeoutMs") && {
      websocketDrainTimeoutMs: fields.duration("websocketDrainTimeoutMs"),
    }),
  };
  fields.end();
  return commit;
}

/** The limits that a switch was given; websockets have the requests' unless they have their own. */
export function drainLimits({
  drainTimeoutMs,
  websocketDrainTimeoutMs,
}: Pick<CommitParams, "drainTimeoutMs" | "websocketDrainTimeoutMs">): DrainLimits {
  return { requestMs: drainTimeoutMs, websocketMs: websocketDrainTimeoutMs ?? drainTimeoutMs };
}

export function readRevert(params: unknown): RevertParams {
  const fields = new Fields(params);
  const revert = {
    service: fields.name("service"),
    switch: fields.name("switch"),
    drainTimeoutMs: fields.duration("drainTimeoutMs"),
    ...(fields.has("websocketDrainTimeoutMs") && {
      websocketDrainTimeoutMs: fields.duration("websocketDrainTimeoutMs"),
    }),
  };
  fields.end();
  return revert;
}

export function readAbandon(params: unknown): AbandonParams {
  const fields = new Fields(params);
  const abandon = {
    service: fields.name("service"),
    candidate: fields.name("candidate"),
    reason: fields.text("reason", 2000),
  };
  fields.end();
  return abandon;
}

export function readReceiptQuery(params: unknown): ReceiptParams {
  const fields = new Fields(params);
  const query: ReceiptParams = {
    service: fields.name("service"),
    switch: fields.name("switch"),
    wait: fields.choice("wait", ["now", "drained"], "now"),
  };
  fields.end();
  return query;
}

export function readServiceName(params: unknown): { service: string } {
  const fields = new Fields(params);
  const service = fields.name("service");
  fields.end();
  return { service };
}

export function readNothing(params: unknown): void {
  new Fields(params ?? {}).end();
}

/** The statuses whose pages an app may bring, and how long each may be, in characters. */
const pages = { statuses: ["404", "502", "503", "504"], longest: 131_072 };

function readErrorPages(fields: Fields): Record<string, string> {
  const given = fields.nested("errorPages");
  const found = pages.statuses.filter((status) => given.has(status));
  const read = found.map((status) => [status, given.text(status, pages.longest)]);
  given.end();
  return Object.fromEntries(read);
}

function readFieldName(text: string): string | { must: string } {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/.test(text) ? text.toLowerCase() : { must: "a field's name" };
}

function readTarget(text: string): string | { must: string } {
  return parseTarget(text) === null ? { must: "a target, written name:port" } : text;
}

function readNetwork(text: string): string | { must: string } {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  const widest = family === 4 ? 32 : 128;
  const bitsAreRight = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest);
  if (family === 0 || !bitsAreRight || rest.length > 0) return { must: "a network such as 10.0.0.0/8" };
  return text;
}
