import type { Boot, Config, Ssh } from "../config.ts";
import type { BootFile, SshFile, UnreachableFile } from "../schema/connections.ts";
import { defaults } from "../schema/defaults.ts";
import { isHost } from "./hosts.ts";
import type { Report } from "./report.ts";

export function resolveSsh(file: SshFile | undefined, report: Report): Ssh {
  if (file?.proxy && file.proxy_command) {
    report.problem(["ssh", "proxy_command"], "there can be proxy or proxy_command, not both");
  }
  return {
    user: file?.user ?? null,
    port: file?.port ?? null,
    proxyJump: (file?.proxy ?? []).map((text, index) => jump(text, index, report)),
    proxyCommand: file?.proxy_command ?? null,
    keys: file?.keys ?? [],
    keyData: (file?.key_data ?? []).map((secret) => ({ secret })),
    keysOnly: file?.keys_only ?? false,
    configFiles: configFiles(file?.config),
    forwardAgent: file?.forward_agent ?? false,
    reconnectMs: reconnect(file?.reconnect, report),
  };
}

export function resolveBoot(file: BootFile | undefined, report: Report): Boot {
  if (file?.strategy === "batches" && file.limit === undefined)
    report.problem(["boot", "strategy"], "batches need boot.limit: how many hosts at a time");
  const limit = file?.limit === undefined ? null : shareOf(file.limit);
  return {
    strategy: file?.strategy ?? (limit === null ? "atomic" : "batches"),
    limit,
    waitMs: file?.wait ?? 0,
    parallelRoles: file?.parallel_roles ?? false,
  };
}

export function resolveUnreachable(file: UnreachableFile | undefined): Config["unreachable"] {
  return { allow: shareOf(file?.allow ?? 0) };
}

/** `3`, or `25%`. */
function shareOf(value: string | number): { hosts: number } | { percent: number } {
  const text = String(value);
  const number = Number.parseInt(text, 10);
  return text.endsWith("%") ? { percent: number } : { hosts: number };
}

/**
 * A lock that nobody renews is over after 30 s. A host that says nothing is noticed within 12 s, so any
 * longer and the other hosts could not be put back any more.
 */
const LONGEST_RECONNECT_MS = 10_000;

function reconnect(given: number | undefined, report: Report): number {
  const ms = given ?? defaults.sshReconnect * 1000;
  if (ms > LONGEST_RECONNECT_MS)
    report.problem(["ssh", "reconnect"], "at most 10 seconds, so that the lock lasts until the end");
  return ms;
}

/** `[user@]host[:port]`, the host in brackets where it is an IPv6 address with a port. */
function jump(text: string, index: number, report: Report): Ssh["proxyJump"][number] {
  const [, user, bracketed, plain, port] =
    /^(?:([^@]+)@)?(?:\[([^\]]+)\]|([^:]+|[^:]*:.*:[^:]*))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (!host || !isHost(host))
    report.problem(["ssh", "proxy"], `expected [user@]host[:port] as jump host ${index + 1}`);
  else if (port !== undefined && !isPort(Number(port)))
    report.problem(["ssh", "proxy"], `jump host ${index + 1} has port ${port}, and ports end at 65535`);
  return { user: user ?? null, host: host ?? text, port: port === undefined ? null : Number(port) };
}

function isPort(number: number): boolean {
  return number >= 1 && number <= 65_535;
}

function configFiles(value: boolean | string | string[] | undefined): Ssh["configFiles"] {
  if (value === undefined || value === true) return "default";
  if (value === false) return "none";
  return Array.isArray(value) ? value : [value];
}
