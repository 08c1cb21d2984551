import type { Change } from "./changes.ts";
import type { Drift } from "./drift.ts";

/** In what a release differs from the one that serves, in words. */
export function changeLine(change: Change): string {
  switch (change.kind) {
    case "first":
      return "nothing of it serves there yet";
    case "version":
      return `version ${change.from} → ${change.to}`;
    case "image":
      return `image ${shortDigest(change.from)} → ${shortDigest(change.to)}`;
    case "role-added":
      return `the role ${change.role} is new there`;
    case "role-removed":
      return `the role ${change.role} is no longer there`;
    case "environment":
      return `env of ${change.role}: ${environmentWords(change)}`;
    case "certificate":
      return `certificate of ${change.role} changed`;
    case "config":
      return `configuration of ${change.role}: ${change.keys.join(", ")}`;
  }
}

/** In what a host is not as its last deploy left it, in words. */
export function driftLine(drift: Drift): string {
  switch (drift.kind) {
    case "network-missing":
      return "the network cutover is missing";
    case "proxy-missing":
      return "the proxy is missing";
    case "proxy-stopped":
      return "the proxy is stopped";
    case "proxy-silent":
      return "the proxy does not answer";
    case "proxy-version":
      return `the proxy is of version ${drift.found ?? "unknown"}, this is ${drift.wanted}`;
    case "proxy-options":
      return "the proxy was made with other options than proxy.run has now";
    case "container-missing":
      return `the container of ${drift.role} is missing`;
    case "container-stopped":
      return `${drift.container} is ${drift.state}`;
    case "container-unhealthy":
      return `${drift.container} is not well`;
    case "not-routed":
      return `the proxy does not send the requests of ${drift.service} to its container`;
    case "stray":
      return `${drift.container} runs and belongs to no role of the release`;
  }
}

function environmentWords({ added, changed, removed }: Extract<Change, { kind: "environment" }>): string {
  const told = [
    [changed, "changed"],
    [added, "added"],
    [removed, "removed"],
  ] as const;
  return told
    .flatMap(([names, verb]) => (names.length === 0 ? [] : [`${names.join(", ")} ${verb}`]))
    .join("; ");
}

/** `sha256:` and twelve digits, as Docker shows images. */
function shortDigest(digest: string): string {
  return digest.startsWith("sha256:") ? digest.slice(7, 19) : digest;
}
