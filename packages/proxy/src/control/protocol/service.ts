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
