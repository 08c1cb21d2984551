import type { Evidence } from "@cutover/proxy/protocol";
import { exited } from "./exit.ts";
import { hostRefusal } from "./host-check.ts";
import type { Listener } from "./listeners.ts";
import { clueIn } from "./log-clues.ts";

/** Everything known of a candidate that did not pass its gate. */
export interface GateFacts {
  container: string;
  host: string;
  appPort: number;
  /** The health check's path. */
  path: string;
  deadlineMs: number;
  /** Set when the container has exited. */
  exit: Exit | null;
  /** What the last probe saw; null when it never came to one. */
  evidence: Evidence | null;
  /** What listens in the container; null where that could not be read. */
  listeners: readonly Listener[] | null;
  /** The last lines of its log. */
  log: readonly string[];
}

/** How a container ended. */
export interface Exit {
  code: number;
  outOfMemory: boolean;
  /** Docker's own words; empty where it has none. */
  error: string;
}

/** A failure in words. */
export interface Diagnosis {
  cause: string;
  hint: string;
}

/** Says why a candidate is not healthy, and what to do. */
export function diagnose(facts: GateFacts): Diagnosis {
  if (facts.exit !== null) return exited(facts, facts.exit);
  // What does not answer at all may say why in its log; what answers has said it.
  const silent = facts.evidence === null || facts.evidence.kind === "refused";
  return (silent && clueIn(facts.log, `${facts.container} on ${facts.host}`)) || seen(facts);
}

function seen(facts: GateFacts): Diagnosis {
  const { evidence } = facts;
  if (evidence === null)
    return { cause: `${facts.container} on ${facts.host} did not become healthy`, hint: "see its log below" };
  switch (evidence.kind) {
    case "refused":
      return refused(facts);
    case "timeout":
      return said(
        facts,
        `did not answer within ${seconds(evidence.timeoutMs)}`,
        "does the app answer there at once, without waiting for others?",
      );
    case "status":
      return statusAnswer(facts, evidence.status, evidence.body);
    case "redirect":
      return redirect(facts, evidence.status, evidence.location);
    case "not-http":
      return evidence.tls
        ? said(
            facts,
            "spoke TLS where plain HTTP was expected",
            "let the app speak plain HTTP inside: the proxy does TLS",
          )
        : said(facts, "answered with something that is not HTTP", "is app_port the app's HTTP port?");
    case "closed":
      return said(facts, "closed the connection without an answer", "see its log below");
    case "unresolved":
      return said(
        facts,
        "has no address in Docker's network",
        "is it on the network cutover? options.network takes it away from there",
      );
    case "unreachable":
      return said(facts, `cannot be reached: ${evidence.message}`, "see its log below");
    case "abandoned":
      return {
        cause: `${facts.container} on ${facts.host} was given up: ${evidence.reason}`,
        hint: "see its log below",
      };
  }
}

function refused(facts: GateFacts): Diagnosis {
  const { listeners, appPort } = facts;
  const who = `${facts.container} on ${facts.host}`;
  const nothing = `nothing in ${who} accepts connections on port ${appPort}`;
  if (listeners === null) return { cause: nothing, hint: "is proxy.app_port the port the app listens on?" };
  if (listeners.some(({ port, loopbackOnly }) => port === appPort && loopbackOnly))
    return {
      cause: `${who} listens on port ${appPort} of 127.0.0.1 only, where the proxy cannot reach it`,
      hint: "let the app listen on 0.0.0.0",
    };
  const reachable = listeners.filter(({ loopbackOnly }) => !loopbackOnly).map(({ port }) => port);
  if (reachable.length > 0)
    return {
      cause: `${nothing}; it listens on ${reachable.join(", ")}`,
      hint:
        reachable.length === 1 ? `set proxy.app_port: ${reachable[0]}` : "set proxy.app_port to one of them",
    };
  const inside = listeners.map(({ port }) => port);
  if (inside.length > 0)
    return {
      cause: `${nothing}; it listens on ${inside.join(", ")} of 127.0.0.1 only`,
      hint: `let the app listen on 0.0.0.0:${appPort}`,
    };
  return {
    cause: `${nothing}, and it listens on no port at all after ${seconds(facts.deadlineMs)}`,
    hint: "does the app need longer to start? Then raise deploy_timeout. Its log is below",
  };
}

function statusAnswer(facts: GateFacts, status: number, body: string): Diagnosis {
  const refusal = hostRefusal(status, [body, ...facts.log]);
  if (refusal !== null)
    return said(
      facts,
      `answered ${status}: ${refusal.name} refuses the Host of the health check`,
      refusal.hint,
    );
  if (status === 401 || status === 403)
    return said(
      facts,
      `answered ${status}`,
      "the health check sends no login and not the site's name as Host: let the app answer it without",
    );
  if (status === 404)
    return said(facts, "answered 404", "set proxy.healthcheck.path to a path that the app answers with 200");
  return said(facts, `answered ${status}`, "its last log lines are below");
}

function redirect(facts: GateFacts, status: number, location: string): Diagnosis {
  const [scheme] = /^https?(?=:\/\/)/.exec(location) ?? [];
  if (scheme === "https")
    return said(
      facts,
      `answered ${status}, a redirect to ${location}`,
      "exempt the health check from the app's redirect to https: the proxy does TLS",
    );
  if (scheme === "http" || location.startsWith("//"))
    return said(
      facts,
      `answered ${status}, a redirect to another host: ${location}`,
      "exempt the health check from the app's redirect to its own name",
    );
  return said(
    facts,
    `answered ${status}, a redirect to ${location}`,
    "set proxy.healthcheck.path to where the app answers with 200",
  );
}

function said(facts: GateFacts, what: string, hint: string): Diagnosis {
  return {
    cause: `${facts.container} on ${facts.host} ${what} (GET ${facts.path} on port ${facts.appPort})`,
    hint,
  };
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
