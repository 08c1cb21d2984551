import { z } from "zod";
import { env } from "./env.ts";
import {
  dockerFlags,
  duration,
  filledText,
  flag,
  inWords,
  optional,
  text,
  textMap,
  texts,
} from "./fields.ts";
import { logging } from "./logging.ts";
import { proxy } from "./proxy.ts";

/** A host's name or address, or `host: tag`, or `host: [tags]`. */
const host = z
  .union(
    [
      filledText,
      z
        .record(z.string(), z.union([text, texts]))
        .refine((entry) => Object.keys(entry).length === 1, { error: "expected one host with its tags" }),
    ],
    { error: "expected a host, or a host with its tags" },
  )
  .transform((entry) => {
    if (typeof entry === "string") return { host: entry, tags: [] };
    const [[name, tags] = ["", []]] = Object.entries(entry);
    return { host: name, tags: typeof tags === "string" ? [tags] : tags };
  });

export const hosts = z.array(host);

/** A command: a line as a shell would read it, or its words. */
export const command = z.union([text, texts], { error: "expected a command, or a list of its words" });

/** The path in the container, with mount options behind a colon where wanted. */
export const assetPath = text.refine((path) => path.startsWith("/"), { error: "must be an absolute path" });

const role = z.strictObject({
  hosts: optional(hosts, "Where the role runs.", []),
  cmd: optional(command, "What its container runs.", inWords("the image's own")),
  stop_timeout: optional(duration, "How long a stopped container may take before it is killed."),
  options: optional(dockerFlags, "More flags of `docker run`, without their dashes.", {}),
  logging: optional(logging, "Merged over the root's."),
  proxy: optional(
    z.union([z.boolean(), proxy], { error: "expected true, false, or the keys of proxy" }),
    "Whether the role is behind the proxy, and how; merged over the root's. The primary role is, unless false.",
  ),
  labels: optional(textMap, "Labels of its containers, beside the root's."),
  env: optional(env, "Variables of its containers, over the root's."),
  asset_path: optional(assetPath, "Instead of the root's."),
});

/** `servers`: a list is the role `web`. */
export const servers = z.union(
  [
    hosts,
    z.record(
      z.string().regex(/^[A-Za-z0-9_-]+$/, {
        error: "a role's name is made of letters, digits, hyphens and underscores",
      }),
      z.union([hosts, role, z.null()], { error: "expected a list of hosts, or the keys of a role" }),
    ),
  ],
  { error: "expected a list of hosts, or roles by name" },
);

export type ServersFile = z.output<typeof servers>;
export type RoleFile = z.output<typeof role>;
export type HostFile = z.output<typeof host>;

/** Checked on its own, since `allow_empty_roles` is read before the roles are. */
export const allowEmptyRoles = optional(
  flag,
  "Allow roles, other than the primary one, without hosts.",
  false,
);
