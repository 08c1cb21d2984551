/**
 * The control protocol: what a client may ask of the proxy and what it answers.
 *
 * One JSON value a line, both ways, over a unix socket. The first line of a connection
 * is a `hello`; every later line of the client's is a {@link Request}, and each is
 * answered by one {@link Response} with the same `id`, in any order.
 *
 * This file holds types and constants only, so that a client can import it without
 * importing the proxy. Durations are milliseconds and say so in their name; times are
 * milliseconds since the epoch; sizes are bytes.
 */

/** The versions of this protocol that this proxy speaks, newest first. */
export const protocolVersions = [1] as const;
export type ProtocolVersion = (typeof protocolVersions)[number];

/** Where the control socket is inside the proxy's container. */
export const controlSocketPath = "/run/cutover-proxy/control.sock";

/**
 * What to `docker exec -i` in the proxy's container: it pipes stdin and stdout to the control
 * socket until either side ends. Exec form, because the image holds no shell.
 */
export const dialCommand = ["/bin/node", "/app/cutover-proxy.js", "dial"] as const;

/**
 * What a container of the image runs, as root and with the volume of programs, to put the image's program
 * there. It writes one line of JSON: `{"folder":…}`, which `replace` takes.
 */
export const installCommand = ["install", "--to", "/opt/cutover-proxy"] as const;

/** How the proxy's container has to be made; whoever creates it takes these from here. */
export const proxyContainer = {
  /** Neither root nor anyone else on the host. */
  user: "65532:65532",
  httpPort: 8080,
  httpsPort: 8443,
  /** Where the named volume with the state goes. */
  stateDirectory: "/var/lib/cutover-proxy",
  /** Where the named volume with programs goes, read-only: only root can write to it, from another container. */
  programDirectory: "/opt/cutover-proxy",
  /** Where the tmpfs of the control socket goes, and the mount options it needs. */
  runDirectory: "/run/cutover-proxy",
  runDirectoryOptions: "uid=65532,gid=65532,mode=0700",
} as const;

/**
 * A request of a client.
 *
 * - `id`: chosen by the client, unique; the same change sent twice with one id is carried out once.
 * - `fence`: the lock's fencing number, on changes: one lower than the highest seen for the service
 *   is refused with `stale-fence`.
 */
export type Request = {
  [V in Verb]: { id: string; verb: V; fence?: number; params: Verbs[V]["params"] };
}[Verb];

export type Response<V extends Verb = Verb> =
  | { id: string; ok: true; result: Verbs[V]["result"] }
  | { id: string; ok: false; error: ControlError };

/** What the proxy says when it refuses. `field` names the parameter at fault, as a dotted path. */
export interface ControlError {
  code: ControlErrorCode;
  message: string;
  field?: string;
}

export type ControlErrorCode =
  | "bad-request"
  | "unknown-verb"
  | "unsupported-version"
  | "unknown-service"
  | "unknown-candidate"
  | "unknown-switch"
  | "route-taken"
  | "not-healthy"
  | "not-warm"
  | "stale-fence"
  /** The verb makes no sense as things are, such as `resume` in maintenance. */
  | "wrong-state"
  /** No other worker took this one's place, which serves on. */
  | "not-replaced"
  | "internal";

export type Verb = keyof Verbs;

/** Each verb with what it takes and what it gives. */
export interface Verbs {
  hello: { params: HelloParams; result: HelloResult };
  /** Register a candidate for a service and probe it until it is healthy, dead, or out of time. */
  prepare: { params: PrepareParams; result: PrepareResult };
  /**
   * A candidate is known to be dead or unwanted: a pending `prepare` answers at once, and it is forgotten.
   * Said of the release that served before, it means that its container is gone: no `revert` to it any more.
   */
  abandon: { params: AbandonParams; result: Record<string, never> };
  /** Route every new request to the candidate, in one step, and drain the old target. */
  commit: { params: CommitParams; result: CommitResult };
  /** The same step backwards, while the former target is still warm. */
  revert: { params: RevertParams; result: CommitResult };
  /** What became of every request around one switch. */
  receipt: { params: ReceiptParams; result: Receipt };
  /**
   * Send a share of requests to a healthy candidate before it is committed. Given anew it moves no client
   * that need not move; 0 without an allow list ends it, and so do `commit`, `abandon` and a restart.
   */
  split: { params: SplitParams; result: Record<string, never> };
  /** Hold new requests of a service until `resume`; 503 past the bounds. */
  pause: { params: PauseParams; result: Record<string, never> };
  /** Let what is held go on, in order; also after a pause that held nothing. */
  resume: { params: { service: string }; result: { released: number } };
  /** Maintenance: answer new requests 503 with a message. What is held is answered so too. */
  stop: { params: StopParams; result: Record<string, never> };
  /** The end of maintenance. */
  start: { params: { service: string }; result: Record<string, never> };
  /** Forget a service: its routes answer 404 from then on. */
  remove: { params: { service: string }; result: { removed: boolean } };
  /**
   * Everything the proxy logs of itself, as it happens, until the connection ends: after the answer,
   * each is a line {@link Watched} with this request's id.
   */
  watch: { params: Record<string, never>; result: Record<string, never> };
  /**
   * Start another worker, let it take over the listening sockets and the state, and let the one that
   * answers leave: its connections end with their next answer. This connection ends then, too.
   */
  replace: { params: ReplaceParams; result: Record<string, never> };
  /** Every service as it is now. */
  list: { params: Record<string, never>; result: { services: ServiceState[] } };
}

/** A line that a `watch` leads to. */
export interface Watched {
  id: string;
  event: ProxyEvent;
}

/** Something that happened in the proxy: `switch.made`, `gate.answered`, … with its facts. */
export interface ProxyEvent {
  at: number;
  event: string;
  [fact: string]: unknown;
}

export interface HelloParams {
  /** The protocol versions the client speaks. */
  versions: number[];
  /** Who asks, for the log: `cutover 0.1.0`. */
  client: string;
}

export interface HelloResult {
  /** The version both sides speak from here on. */
  version: ProtocolVersion;
  /** The proxy's own release, such as `0.1.0`. */
  proxy: string;
  /** The verbs it knows. */
  abilities: Verb[];
}

/** Where requests go: a name that is resolved again at each connect, and a port. Written `name:port`. */
export type Target = string;

/** What a service answers to and how it is treated. Everything has a default but `hosts`. */
export interface ServiceOptions {
  /** `app.example.com`, `*.example.com`; empty: every host no other service claims. */
  hosts: string[];
  /** Longest wins, on segment borders. Default `["/"]`. */
  pathPrefixes?: string[];
  /** Whether the matched prefix is removed before the request is passed on. Default true. */
  stripPathPrefix?: boolean;
  /** How long the target may take until its answer's head is complete. Default 30,000. */
  responseTimeoutMs?: number;
  /** The largest request body, in bytes, chunks' framing included; a larger one is answered 413. Default: any. */
  maxRequestBytes?: number;
  /**
   * The largest answer's body, in bytes, chunks' framing included. A larger one is answered 500 where its
   * length is announced, and else broken off at the limit. Event streams have none. Default: any.
   */
  maxResponseBytes?: number;
  /**
   * Present: each of its requests is logged, whatever share the proxy logs of others, with these fields of
   * its head and its answer's. Values of `Authorization` and of cookies are hidden.
   */
  requestLog?: { requestHeaders?: string[]; responseHeaders?: string[] };
  /** Absent: bodies pass through, and each side waits for the other. */
  buffering?: ServiceBuffering;
  /** Whether `X-Forwarded-*` of the client are passed on. Default true without TLS. */
  forwardHeaders?: boolean;
  /** Networks (CIDR) whose `X-Forwarded-*` are believed; when given it narrows `forwardHeaders`. */
  trustedProxies?: string[];
  /**
   * Pages of the app's own for answers that the proxy makes: whole HTML by status (404, 502, 503, 504).
   * `{{message}}`, or `{{ .Message }}`, is replaced by the escaped message.
   */
  errorPages?: Record<string, string>;
  /** Absent: the service is not served over https. */
  tls?: ServiceTls;
}

/**
 * Bodies that are taken in as fast as they are given, so that a slow client does not keep the target busy.
 * Event streams, upgrades and answers with `X-Accel-Buffering: no` never are.
 */
export interface ServiceBuffering {
  /** Whether a request reaches its target only once its body is whole. Default false. */
  requests?: boolean;
  /** Whether an answer that its client does not take yet is taken from its target all the same. Default false. */
  responses?: boolean;
  /** What of one body is kept in memory; the rest goes to disk. Default 1,048,576. */
  memoryBytes?: number;
}

/** Where a service's certificate comes from, and what https means for it. */
export type ServiceTls = CertificateSource & {
  /** Whether plain http is answered 308 to https. Default true. */
  redirect?: boolean;
  /** `max-age` of Strict-Transport-Security on answers over https; absent: not sent. */
  hstsSeconds?: number;
};

export type CertificateSource =
  /** PEM; the chain with the host's own certificate first. `list` answers the key as an empty text. */
  | { source: "own"; certificate: string; privateKey: string }
  /** By ACME, for every host of `hosts`; none of them may be a wildcard. */
  | { source: "automatic" }
  /** By ACME, for whatever host a client asks for, once `ask` (with `?host=`) has answered 200. */
  | { source: "on-demand"; ask: string };

/** How a candidate is asked whether it is well. */
export interface HealthCheck {
  /** Default `/up`. */
  path?: string;
  /** Default: the target's own port. */
  port?: number;
  /** The `Host` field sent; default the target's name. */
  host?: string;
  /** Accepted statuses; default 200 to 299. */
  statuses?: { from: number; to: number }[];
  /** How long one probe may take. Default 5,000. */
  timeoutMs?: number;
  /** The longest pause between probes; the first come quicker. Default 1,000. */
  intervalMs?: number;
}

export interface PrepareParams {
  /** The service's name, such as `app-web`. */
  service: string;
  /** What the client calls this candidate: its release id. Unique within the service. */
  candidate: string;
  targets: Target[];
  options: ServiceOptions;
  health: HealthCheck;
  /** How long it may take to become healthy. */
  deadlineMs: number;
  /** A healthy candidate that nobody commits within this time is forgotten. */
  expiresMs: number;
}

export type PrepareResult =
  | { state: "healthy"; afterMs: number; probes: number }
  | { state: "unhealthy"; afterMs: number; probes: number; evidence: Evidence };

/** Why a candidate was not found healthy: what the last probe of the first failing target saw. */
export type Evidence = { target: Target } & (
  | { kind: "unresolved"; message: string }
  | { kind: "refused" }
  | { kind: "unreachable"; message: string }
  | { kind: "timeout"; timeoutMs: number }
  /** The answer had another status than accepted; `body` is its first 512 bytes, as text. */
  | { kind: "status"; status: number; body: string }
  | { kind: "redirect"; status: number; location: string }
  /** Something answered that is no HTTP; `tls` when it was a TLS alert. */
  | { kind: "not-http"; tls: boolean; bytes: string }
  | { kind: "closed" }
  | { kind: "abandoned"; reason: string }
);

export interface AbandonParams {
  service: string;
  candidate: string;
  /** For the pending `prepare`'s evidence, such as `exited with code 1`. */
  reason: string;
}

export interface CommitParams {
  service: string;
  candidate: string;
  /** How long requests on the old target may go on. Then they are cut, and counted. */
  drainTimeoutMs: number;
  /** The same for websockets, which are closed with code 1012. Default: `drainTimeoutMs`. */
  websocketDrainTimeoutMs?: number;
}

export interface CommitResult {
  /** Names this switch for `receipt` and `revert`. */
  switch: string;
  at: number;
  /** The release id that served before; null for a first one. */
  previous: string | null;
}

export interface RevertParams {
  service: string;
  switch: string;
  drainTimeoutMs: number;
  websocketDrainTimeoutMs?: number;
}

export interface ReplaceParams {
  /** A folder with `node` and `cutover-proxy.js` that the proxy's user can't write; default: what boots. */
  program?: string;
}

export interface SplitParams {
  service: string;
  candidate: string;
  /** The share, in hundredths of a percent: 250 is 2.5 %. */
  percentHundredths: number;
  /** The cookie that keeps a client where it is. Default `cutover-split`. */
  cookie?: string;
  /** Who sees the candidate whatever the share. */
  allow?: { kind: "header" | "cookie"; name: string; values: string[] }[];
}

export interface PauseParams {
  service: string;
  /** How long one request may be held. Default 30,000. */
  timeoutMs?: number;
  /** How many may be held at a time. Default 1,000. */
  maxRequests?: number;
}

export interface StopParams {
  service: string;
  /** Shown on the page and in JSON; escaped. */
  message?: string;
}

export interface ReceiptParams {
  service: string;
  switch: string;
  /** `drained`: answer when the old target has drained or was cut. `now`: answer with what is known. */
  wait: "now" | "drained";
}

/** The account of one switch. Counts are requests unless they say otherwise. */
export interface Receipt {
  switch: string;
  service: string;
  from: string | null;
  to: string;
  at: number;
  /** `draining` until the last request on the old target has ended. */
  state: "draining" | "drained" | "cut" | "reverted";
  /** On the old target at the moment of the switch. */
  inFlight: number;
  /** Of those, ended in their own time. */
  drained: number;
  /** Of those, cut at the drain limit. */
  cut: number;
  /** Held by a pause around the switch, and the longest of those holds. */
  held: number;
  longestHoldMs: number;
  /** Sent again over a fresh connection because a pooled one had been closed. */
  retried: number;
  /** Failures while the old target served alone, and since the switch. */
  before: FailureCounts;
  after: FailureCounts;
  websockets: { open: number; closed: number; cut: number };
  /** From the commit to the last request's end on the old target. */
  drainMs: number;
  /**
   * How long answers took, as counts under the bounds {@link durationBounds} and above the last, of
   * `before` and `after`. Absent in proxies that do not count it, and of switches made before the
   * proxy was started anew.
   */
  durations?: { before: number[]; after: number[] };
}

/** Upper bounds of durations that are counted, in milliseconds. */
export const durationBounds = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000] as const;

/** Requests and, of those, failures by whose side they came from. */
export interface FailureCounts {
  requests: number;
  /** Answers of 500 to 599 made by the target itself. */
  targetErrors: number;
  /** The target refused, reset, timed out or broke its answer off. */
  targetFailures: number;
  /** The client went away before its answer was complete. */
  clientAborts: number;
  /** Answers that the proxy made itself because it could not pass the request on. */
  proxyErrors: number;
}

export interface ServiceState {
  service: string;
  options: ServiceOptions;
  active: TargetState | null;
  /** Still warm, and a `revert` away; null once it has been dropped. */
  previous: TargetState | null;
  candidates: TargetState[];
  lastSwitch: string | null;
  /** `paused`: new requests are held; `stopped`: they are answered 503. */
  traffic: "open" | "paused" | "stopped";
  /** Requests that are held now. */
  held: number;
}

export interface TargetState {
  /** The release id it was prepared with. */
  candidate: string;
  targets: Target[];
  state: "probing" | "healthy" | "unhealthy" | "active" | "draining" | "warm";
  inFlight: number;
}
