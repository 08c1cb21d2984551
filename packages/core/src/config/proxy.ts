import type { ContainerSettings } from "../docker-options/container-settings.ts";
import type { Secret } from "./env.ts";

/** What a role or accessory answers to at the proxy, and how it is treated there. */
export interface ServiceRoute {
  /** `app.example.com` or `*.example.com`; empty: every host no other service claims. */
  hosts: string[];
  /** Where the app listens inside its container. */
  appPort: number;
  tls: Tls;
  /** Whether http is answered with a redirect to https. True where there is TLS, unless set. */
  tlsRedirect: boolean;
  /** Whether a client's `X-Forwarded-*` are passed on. True where there is no TLS, unless set. */
  forwardHeaders: boolean;
  /** Networks (CIDR) whose `X-Forwarded-*` are believed; empty: `forwardHeaders` alone decides. */
  trustedProxies: string[];
  /** How long the app may take until its answer begins. */
  responseTimeoutMs: number;
  /** Empty: every path. Each begins with `/`. */
  pathPrefixes: string[];
  stripPathPrefix: boolean;
  healthcheck: HealthCheckSettings;
  buffering: Buffering;
  /** Null: requests are not logged. */
  logging: { requestHeaders: string[]; responseHeaders: string[] } | null;
}

/** How the proxy asks a candidate whether it is well. */
export interface HealthCheckSettings {
  path: string;
  /** The longest pause between two probes. */
  intervalMs: number;
  /** How long one probe may take. */
  timeoutMs: number;
}

/** Where a service's certificate comes from. */
export type Tls =
  | { kind: "none" }
  /** By ACME, for the listed hosts. */
  | { kind: "automatic" }
  /** From two secrets that hold PEM. */
  | { kind: "own"; certificate: Secret; privateKey: Secret };

/** Sizes are bytes; 0 is no limit. */
export interface Buffering {
  requests: boolean;
  responses: boolean;
  memory: number;
  maxRequestBody: number;
  maxResponseBody: number;
}

/** An ACME server, and how we deal with it. */
export interface Acme {
  /** The https URL of its directory; null: Let's Encrypt's. */
  directory: string | null;
  /** Whom it may write to; null: nobody. */
  email: string | null;
  /** PEM of who signed the directory's own certificate; null: the usual authorities are asked. */
  authorities: string | null;
  /** How hosts are proved to be ours, tried in turn; empty: as the proxy does by itself. */
  challenges: ("http-01" | "tls-alpn-01")[];
}

/** How the proxy's own container is run on a host. */
export interface ProxyRun {
  httpPort: number;
  httpsPort: number;
  /** Null: no metrics. */
  metricsPort: number | null;
  /** Whether every request is logged, of every app. */
  debug: boolean;
  /** As Docker's `max-size` has it: `10m`. */
  logMaxSize: string;
  /** Whether the ports are published on the host at all. */
  publish: boolean;
  /** Addresses of the host to publish on; empty: all. */
  bindIps: string[];
  /** Where automatic certificates are got; null: from Let's Encrypt. */
  acme: Acme | null;
  /** More of `docker run`'s flags for its container. */
  container: ContainerSettings;
}
