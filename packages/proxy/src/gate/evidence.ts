import type { Evidence } from "../control/protocol.ts";

/** Evidence as half a sentence, such as `app-web:3000 refused the connection`. */
export function describeEvidence(evidence: Evidence): string {
  return `${evidence.target} ${predicateOf(evidence)}`;
}

function predicateOf(evidence: Evidence): string {
  switch (evidence.kind) {
    case "unresolved":
      return `is a name that could not be resolved (${evidence.message})`;
    case "refused":
      return "refused the connection";
    case "unreachable":
      return `could not be reached (${evidence.message})`;
    case "timeout":
      return `gave no answer within ${evidence.timeoutMs} ms`;
    case "status":
      return `answered ${evidence.status}`;
    case "redirect":
      return `answered ${evidence.status} to ${evidence.location || "nowhere"}`;
    case "not-http":
      return evidence.tls ? "speaks TLS where plain HTTP was expected" : "answered something that is no HTTP";
    case "closed":
      return "closed the connection without an answer";
    case "abandoned":
      return `was given up: ${evidence.reason}`;
  }
}
