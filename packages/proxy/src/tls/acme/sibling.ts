import type { Clock } from "../../clock.ts";
import { known } from "../../http1/known-fields.ts";
import type { RequestHead } from "../../http1/request-head.ts";
import type { Route } from "../../route/table.ts";
import { Service } from "../../switch/service.ts";
import { notServing } from "../../switch/serving.ts";

/** A load balancer in front, and one proxy before the sibling: with more there is a circle. */
const mostHops = 2;

/**
 * The way to another proxy for challenges that are not known here, so that one of several hosts of the
 * same name can get the certificate for all of them.
 *
 * @param target of plain http, as `host:port`
 */
export function siblingRoute(target: string, clock: Clock): Route<Service> {
  const active = {
    candidate: "sibling",
    targets: [target],
    options: {
      hosts: [],
      pathPrefixes: ["/"],
      stripPathPrefix: false,
      responseTimeoutMs: 5_000,
      // So that X-Forwarded-For grows with each proxy, and a circle is seen.
      forwardHeaders: true,
      trustedProxies: null,
      maxRequestBytes: null,
      requestLog: null,
      maxResponseBytes: null,
      buffering: { requests: false, responses: false, memoryBytes: 0 },
      errorPages: {},
      tls: null,
    },
    health: { path: "/", port: null, host: null, statuses: [], timeoutMs: 5_000, intervalMs: 5_000 },
  };
  return { prefix: "/", to: new Service({ ...notServing("acme-sibling"), active }, clock) };
}

/** Whether siblings have sent a request on to each other. */
export function cameFromSibling(head: RequestHead): boolean {
  const forwarded = head.fields.combined(known["x-forwarded-for"]);
  return forwarded !== null && forwarded.split(",").length >= mostHops;
}
