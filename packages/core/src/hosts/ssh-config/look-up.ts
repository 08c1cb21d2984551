import { matchesPatterns } from "../ssh/patterns.ts";
import type { SshConfigEntry } from "./entry.ts";

/** What the user's ssh_config says of one host, as far as we use it. Tokens such as `%h` are still in it. */
export interface SshConfigHost {
  hostName: string | null;
  user: string | null;
  port: number | null;
  /** In the order to try. */
  identityFiles: string[];
  identitiesOnly: boolean;
  /** A socket, `SSH_AUTH_SOCK`, or `none`. */
  identityAgent: string | null;
  /** `none`, or jump hosts with commas. Only one of the two is set: whichever came first. */
  proxyJump: string | null;
  proxyCommand: string | null;
  userKnownHostsFiles: string[];
  /** What it asks for and we have no use for, a line each: told when a host cannot be reached. */
  unused: string[];
}

/** Whose ssh it is. */
export interface Asker {
  /** The user's name on this machine. */
  localUser: string;
  /** The user wanted on the host, where that is known already. */
  user: string | null;
}

/** What changes how a host is reached, and is not done. */
const UNUSED = [
  "certificatefile",
  "pkcs11provider",
  "securitykeyprovider",
  "hostkeyalias",
  "knownhostscommand",
];

/** A block that only has others than these may be passed over without a word. */
const USED = [
  "hostname",
  "user",
  "port",
  "identityfile",
  "identitiesonly",
  "identityagent",
  "proxyjump",
  "proxycommand",
];

/**
 * What the files say of a host. As in ssh, the first value of a setting counts. Other than in ssh, a
 * user or port counts only in a block that names the host by more than a `*`: our default is `root`
 * and not the user's own name, so one for every machine cannot be meant for it.
 *
 * @param host as it is written, before `HostName`
 */
export function lookUp(entries: readonly SshConfigEntry[], host: string, asker: Asker): SshConfigHost {
  const found = new Map<string, string[]>();
  const unused: string[] = [];

  const take = (keyword: string, value: string, named: boolean) => {
    if (UNUSED.includes(keyword)) unused.push(`ssh_config: ${keyword} ${value} is not used`);
    if ((keyword === "user" || keyword === "port") && !named) return;
    // Whichever of the two comes first turns the other off.
    const rival = { proxyjump: "proxycommand", proxycommand: "proxyjump" }[keyword];
    if (rival !== undefined && found.has(rival)) return;
    const before = found.get(keyword) ?? [];
    if (before.length === 0 || keyword === "identityfile") found.set(keyword, [...before, value]);
  };

  const walk = (inside: readonly SshConfigEntry[], named: boolean) => {
    for (const entry of inside) {
      if (entry.kind === "setting") take(entry.keyword, entry.value, named);
      else if (entry.kind === "included") walk(entry.entries, named);
      else if (entry.kind === "host") {
        if (matchesPatterns(entry.patterns, host)) walk(entry.entries, isNamed(entry.patterns, host));
      } else {
        const verdict = judge(entry.criteria);
        if (verdict === "unknown" && entry.entries.some(isUsed))
          unused.push(`ssh_config: what stands under "${entry.written}" is passed over`);
        if (verdict === "matches")
          walk(
            entry.entries,
            entry.criteria.some(({ name, value }) => name.endsWith("host") && value !== "*"),
          );
      }
    }
  };

  const judge = (criteria: readonly { name: string; value: string }[]) => {
    const verdicts = criteria.map(({ name, value }) => {
      const patterns = value.split(",");
      switch (name) {
        case "all":
          return true;
        case "host":
          return matchesPatterns(patterns, found.get("hostname")?.[0]?.replaceAll("%h", host) ?? host);
        case "originalhost":
          return matchesPatterns(patterns, host);
        case "user":
          return matchesPatterns(patterns, asker.user ?? found.get("user")?.[0] ?? "root");
        case "localuser":
          return matchesPatterns(patterns, asker.localUser);
        default:
          return null;
      }
    });
    if (verdicts.includes(false)) return "differs";
    return verdicts.includes(null) ? "unknown" : "matches";
  };

  walk(entries, false);
  const first = (keyword: string) => found.get(keyword)?.[0] ?? null;
  const port = first("port");
  return {
    hostName: first("hostname"),
    user: first("user"),
    port: port === null ? null : Number(port),
    identityFiles: found.get("identityfile") ?? [],
    identitiesOnly: first("identitiesonly")?.toLowerCase() === "yes",
    identityAgent: first("identityagent"),
    proxyJump: first("proxyjump"),
    proxyCommand: first("proxycommand"),
    userKnownHostsFiles: first("userknownhostsfile")?.split(/\s+/) ?? [],
    unused,
  };
}

function isNamed(patterns: readonly string[], host: string): boolean {
  return matchesPatterns(
    patterns.filter((pattern) => pattern !== "*"),
    host,
  );
}

function isUsed(entry: SshConfigEntry): boolean {
  return entry.kind === "setting" ? USED.includes(entry.keyword) : entry.entries.some(isUsed);
}
