import { z } from "zod";
import { accessory } from "./accessory.ts";
import { builder } from "./builder.ts";
import { boot, ssh, sshkit, unreachable } from "./connections.ts";
import { defaults } from "./defaults.ts";
import { rootEnv } from "./env.ts";
import {
  duration,
  filledText,
  flag,
  inWords,
  optional,
  someDuration,
  text,
  textMap,
  texts,
  wholeNumber,
} from "./fields.ts";
import { logging } from "./logging.ts";
import { proxy } from "./proxy.ts";
import { appRegistry } from "./registry.ts";
import { allowEmptyRoles, assetPath, servers } from "./servers.ts";

const verbosity = z.enum(["quiet", "verbose"]);

const output = z.strictObject({
  file: optional(
    z.strictObject({ path: filledText.meta({ description: "A folder." }) }),
    "A log file a command.",
  ),
  otel: optional(
    z.strictObject({ endpoint: filledText.meta({ description: "The collector's address." }) }),
    "Logs to an OpenTelemetry collector.",
  ),
});

/**
 * `config/deploy.yml` as it is written, once its ERB is done and its destination merged in. The one
 * source of what is valid, of the messages, of the JSON Schema and of the reference.
 */
export const deployFile = z.strictObject({
  service: filledText
    .refine((name) => /^[A-Za-z0-9_-]+$/.test(name), {
      error: "may have letters, digits, hyphens and underscores only",
    })
    .meta({ description: "The app's name. Containers are called after it." }),
  image: optional(
    filledText,
    "The image's name, without registry and tag.",
    inWords("the service's, without a registry"),
  ),
  registry: appRegistry.meta({
    description:
      "Where the image goes and comes from. `none`: from this machine to the hosts, over the SSH connection.",
  }),
  servers: optional(servers, "The hosts: a list for the role `web`, or roles by name."),
  labels: optional(textMap, "Labels of the app's containers.", {}),
  volumes: optional(texts, "Volumes of the app's containers, as `docker run --volume` takes them.", []),
  env: optional(rootEnv, "Variables of the app's containers.", {}),
  asset_path: optional(assetPath, "A folder of the image that two versions share while both live."),
  hooks_path: optional(filledText, "The folder with hooks.", inWords(".cutover/hooks or .kamal/hooks")),
  hooks_output: optional(
    z.union([verbosity, z.record(z.string(), verbosity)], {
      error: "expected quiet, verbose, or one of them for each hook",
    }),
    "Whether what hooks print is shown.",
  ),
  secrets_path: optional(filledText, "The secrets file.", inWords(".cutover/secrets or .kamal/secrets")),
  error_pages_path: optional(filledText, "A folder with pages such as `502.html`."),
  require_destination: optional(flag, "Refuse to do anything without `-d`.", false),
  primary_role: optional(
    filledText,
    "The role that goes first and is behind the proxy.",
    defaults.primaryRole,
  ),
  allow_empty_roles: allowEmptyRoles,
  retain_containers: optional(
    wholeNumber(1),
    "Old releases whose container is kept on each host.",
    defaults.retainContainers,
  ),
  minimum_version: optional(text, "The oldest version of this tool that may read the file."),
  readiness_delay: optional(
    duration,
    "How long a container without proxy and Docker health check must have stayed up.",
    defaults.readinessDelay,
  ),
  deploy_timeout: optional(
    someDuration,
    "How long a new container may take to become healthy.",
    defaults.deployTimeout,
  ),
  drain_timeout: optional(
    duration,
    "How long requests on the old container may go on after the switch.",
    defaults.drainTimeout,
  ),
  stop_timeout: optional(duration, "How long a stopped container may take before it is killed."),
  run_directory: optional(
    // It is an argument of scripts on the hosts, which take nothing that a shell could read more into.
    text
      .refine((value) => /^[A-Za-z0-9._/-]+$/.test(value), {
        error: "may have letters, digits, ., _, - and / only",
        abort: true,
      })
      // Its rights are set, and all below it is ours.
      .refine((value) => !value.split("/").includes("..") && /[^./]/.test(value), {
        error: "must be a folder of its own, such as /srv/cutover, and have no .. in it",
      }),
    "Where state lies on the hosts.",
  ),
  ssh: optional(ssh, "How hosts are reached."),
  builder: optional(builder, "How the image is built."),
  accessories: optional(z.record(z.string(), accessory), "What runs beside the app, by name."),
  proxy: optional(proxy, "How the app is routed to."),
  sshkit: optional(sshkit, "Connections to hosts."),
  bake: optional(
    duration,
    "How long a new release is watched against the one before; it is put back when it does worse.",
    inWords("not at all"),
  ),
  unreachable: optional(unreachable, "Whether a deploy goes on without hosts that are down."),
  boot: optional(boot, "In which order hosts are switched."),
  logging: optional(logging, "Docker's logging of the containers."),
  output: optional(output, "Where a record of each command goes besides the terminal."),
  aliases: optional(
    z.record(
      z.string().regex(/^[a-z0-9_-]+$/, {
        error: "an alias is made of lower-case letters, digits, hyphens and underscores",
      }),
      filledText,
    ),
    "Commands of your own: the command line by its name.",
  ),
});

export type DeployFile = z.output<typeof deployFile>;
