import type { ProtocolVersion, Verb } from "../protocol.ts";

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

export interface ReplaceParams {
  /** A folder with `node` and `cutover-proxy.js` that the proxy's user can't write; default: what boots. */
  program?: string;
}
