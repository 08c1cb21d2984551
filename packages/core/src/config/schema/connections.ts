import { z } from "zod";
import { defaults } from "./defaults.ts";
import {
  commaTexts,
  duration,
  filledText,
  flag,
  inWords,
  optional,
  port,
  text,
  texts,
  wholeNumber,
} from "./fields.ts";

/** `ssh`. */
export const ssh = z.strictObject({
  user: optional(
    filledText,
    "The user on the hosts.",
    inWords("as ssh_config says where it names the host, else `root`"),
  ),
  port: optional(port, "The port of sshd.", inWords("as ssh_config says where it names the host, else 22")),
  proxy: optional(commaTexts, "A jump host, `[user@]host[:port]`; several with commas."),
  proxy_command: optional(
    text,
    "A command whose standard input and output reach the host (`%h`, `%p`, `%r`).",
  ),
  keys: optional(texts, "Private key files.", inWords("the agent's and the usual ones")),
  key_data: optional(texts, "Secrets that hold private keys."),
  keys_only: optional(flag, "Try only those keys and not the agent's.", false),
  config: optional(
    z.union([z.boolean(), text, texts], { error: "expected true, false, a file, or a list of files" }),
    "Whether the user's ssh_config is read, or which files instead.",
    true,
  ),
  reconnect: optional(
    duration,
    "How long a connection that dropped in the middle is tried again before its host is given up; at most 10 seconds.",
    defaults.sshReconnect,
  ),
  forward_agent: optional(flag, "Let the hosts use the local agent.", false),
  log_level: optional(text, "Taken and not used: what a connection does is among the events."),
});

/** `sshkit`: how many connections, how patiently. */
export const sshkit = z.strictObject({
  max_concurrent_starts: optional(
    wholeNumber(1),
    "Connections that are being opened at one time.",
    defaults.maxConcurrentStarts,
  ),
  pool_idle_timeout: optional(duration, "Taken and not used: a connection lives as long as its command."),
  dns_retries: optional(
    wholeNumber(0),
    "Tries more for a name that cannot be resolved.",
    defaults.dnsRetries,
  ),
});

const SHARE = "expected a number of hosts, such as 3, or a share of them, such as 25%";

/** So many hosts, or so many of a hundred. */
function share(least: 0 | 1) {
  const text = least === 1 ? /^[1-9]\d*%?$/ : /^\d+%?$/;
  return z
    .union([z.number().int(SHARE).min(least, SHARE), z.string().regex(text, SHARE)], { error: SHARE })
    .refine((value) => !String(value).endsWith("%") || Number.parseInt(String(value), 10) <= 100, {
      error: "a share is at most 100%",
    });
}

/** `boot`: in which order hosts are switched. */
export const boot = z.strictObject({
  strategy: optional(
    z.enum(["atomic", "batches"]),
    "`atomic`: every host is ready before the first one switches, and all switch in one burst. `batches`: each group of hosts is switched before the next one boots.",
    inWords("batches with a limit, atomic without"),
  ),
  limit: optional(share(1), "Hosts that boot at a time, as a number or a percentage.", inWords("all")),
  wait: optional(duration, "The pause between groups of hosts.", 0),
  parallel_roles: optional(flag, "Boot the roles of a host side by side.", false),
});

/** `unreachable`: whether a deploy goes on without hosts that are down. */
export const unreachable = z.strictObject({
  allow: optional(
    share(0),
    "How many hosts may be left behind when they cannot be reached, as a number or a percentage; the primary host never.",
    0,
  ),
});

export type UnreachableFile = z.output<typeof unreachable>;
export type SshFile = z.output<typeof ssh>;
export type BootFile = z.output<typeof boot>;
