import type { Preparation, Release } from "../control/settings.ts";

/** A release as a test needs it: everything at its default but what is said. */
export function aRelease(candidate: string, changes: Partial<Release> = {}): Release {
  return {
    candidate,
    targets: [`${candidate}:3000`],
    options: {
      hosts: [],
      pathPrefixes: ["/"],
      stripPathPrefix: true,
      responseTimeoutMs: 30_000,
      maxRequestBytes: null,
      requestLog: null,
      maxResponseBytes: null,
      buffering: { requests: false, responses: false, memoryBytes: 1_048_576 },
      errorPages: {},
      forwardHeaders: true,
      trustedProxies: null,
      tls: null,
    },
    health: {
      path: "/up",
      port: null,
      host: null,
      statuses: [{ from: 200, to: 299 }],
      timeoutMs: 5_000,
      intervalMs: 1_000,
    },
    ...changes,
  };
}

/** A checked `prepare` of the service `app`. */
export function aPreparation(candidate: string, changes: Partial<Preparation> = {}): Preparation {
  return { ...aRelease(candidate), service: "app", deadlineMs: 10_000, expiresMs: 60_000, ...changes };
}
