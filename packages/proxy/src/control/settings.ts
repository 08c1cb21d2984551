import type { CertificateSource } from "./protocol.ts";

/** How a service is treated, with every default filled in. See `ServiceOptions` of the protocol. */
export interface ServiceSettings {
  hosts: string[];
  pathPrefixes: string[];
  stripPathPrefix: boolean;
  responseTimeoutMs: number;
  forwardHeaders: boolean;
  /** Null: any. */
  maxRequestBytes: number | null;
  /** Null: any. */
  maxResponseBytes: number | null;
  buffering: BufferingSettings;
  /** Null: its requests are logged as the proxy's flag says. */
  requestLog: RequestLogSettings | null;
  /** Whole pages, by status. */
  errorPages: Record<string, string>;
  /** Null: `forwardHeaders` is not narrowed. */
  trustedProxies: string[] | null;
  /** Null: not served over https. */
  tls: TlsSettings | null;
}

/** Which bodies are buffered, with every default filled in. See `ServiceBuffering` of the protocol. */
export interface BufferingSettings {
  requests: boolean;
  responses: boolean;
  memoryBytes: number;
}

/** Which fields stand in the log of a service's requests, by names in lower case. */
export interface RequestLogSettings {
  requestHeaders: string[];
  responseHeaders: string[];
}

/** A service's https, with every default filled in. See `ServiceTls` of the protocol. */
export type TlsSettings = CertificateSource & {
  redirect: boolean;
  /** Null: not sent. */
  hstsSeconds: number | null;
};

/** How a candidate is probed, with every default filled in. See `HealthCheck` of the protocol. */
export interface HealthSettings {
  path: string;
  /** Null: the target's own. */
  port: number | null;
  /** Null: the target's name. */
  host: string | null;
  statuses: { from: number; to: number }[];
  timeoutMs: number;
  intervalMs: number;
}

/** What runs behind a service at one time: a release's containers and how they are treated. */
export interface Release {
  /** The release id that the client gave it. */
  candidate: string;
  targets: string[];
  options: ServiceSettings;
  health: HealthSettings;
}

/** A checked `prepare`. */
export interface Preparation extends Release {
  service: string;
  deadlineMs: number;
  expiresMs: number;
}
