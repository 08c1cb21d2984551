/**
 * The control protocol: what a client may ask of the proxy and what it answers.
 *
 * One JSON value a line, both ways, over a unix socket. The first line of a connection
 * is a `hello`; every later line of the client's is a {@link Request}, and each is
 * answered by one {@link Response} with the same `id`, in any order.
 *
 * This file and those of `protocol/`, by family, hold types and constants only, so that a
 * client can import them, all from here, without importing the proxy. Durations are milliseconds and say so in their name; times are
 * milliseconds since the epoch; sizes are bytes.
 */

import type { AbandonParams, PrepareParams, PrepareResult } from "./protocol/gate.ts";
import type { HelloParams, HelloResult, ReplaceParams } from "./protocol/proxy.ts";
import type { CommitParams, CommitResult, Receipt, ReceiptParams, RevertParams } from "./protocol/switch.ts";
import type { PauseParams, ServiceState, SplitParams, StopParams } from "./protocol/traffic.ts";

export * from "./protocol/container.ts";
export type * from "./protocol/gate.ts";
export type * from "./protocol/proxy.ts";
export type * from "./protocol/service.ts";
export * from "./protocol/switch.ts";
export type * from "./protocol/traffic.ts";

/** The versions of this protocol that this proxy speaks, newest first. */
export const protocolVersions = [1] as const;
export type ProtocolVersion = (typeof protocolVersions)[number];

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
/** Those that are carried out by themselves: `hello` and `watch` are about their connection. */
export type HandledVerb = Exclude<Verb, "hello" | "watch">;

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
