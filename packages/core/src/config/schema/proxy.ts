import { z } from "zod";
import { defaults } from "./defaults.ts";
import {
  commaTexts,
  dockerFlags,
  duration,
  filledText,
  flag,
  httpsUrl,
  inWords,
  optional,
  port,
  size,
  someDuration,
  text,
  texts,
} from "./fields.ts";

const pathPrefix = commaTexts.refine((paths) => paths.every((path) => path.startsWith("/")), {
  error: "must begin with /",
});

const tls = z.union(
  [
    z.boolean(),
    z.strictObject({
      certificate_pem: filledText.meta({ description: "The secret that holds the certificate chain." }),
      private_key_pem: filledText.meta({ description: "The secret that holds the key." }),
    }),
  ],
  { error: "expected true, false, or certificate_pem and private_key_pem" },
);

const healthcheck = z.strictObject({
  path: optional(
    text.refine((path) => path.startsWith("/"), { error: "must begin with /" }),
    "What is asked for; 200 to 299 is healthy.",
    defaults.healthcheck.path,
  ),
  interval: optional(someDuration, "The longest pause between two probes.", defaults.healthcheck.interval),
  timeout: optional(someDuration, "How long one probe may take.", defaults.healthcheck.timeout),
});

const buffering = z.strictObject({
  requests: optional(flag, "Read a request whole before the app sees it.", defaults.buffering.requests),
  responses: optional(
    flag,
    "Take an answer from the app as fast as it comes, so that a slow client does not hold the app.",
    true,
  ),
  memory: optional(
    size,
    "What of one body is kept in memory; the rest goes to disk.",
    defaults.buffering.memory,
  ),
  max_request_body: optional(size, "A larger request is refused with 413; 0: no limit.", 0),
  max_response_body: optional(
    size,
    "A larger answer is refused with 500, or broken off where its length was not announced; 0: no limit.",
    0,
  ),
});

const headerLogging = z.strictObject({
  request_headers: optional(
    texts,
    "The request's headers in it; passwords and cookies are hidden.",
    defaults.requestHeaders,
  ),
  response_headers: optional(texts, "The answer's headers in it.", []),
});

const acme = z.strictObject({
  directory: optional(
    httpsUrl,
    "The ACME server's directory, such as `https://acme-staging-v02.api.letsencrypt.org/directory`.",
    inWords("Let's Encrypt's"),
  ),
  email: optional(filledText, "Whom the server may write to.", inWords("nobody")),
  ca: optional(
    filledText,
    "A file of this machine with the certificates (PEM) that the directory's own is checked by.",
    inWords("the usual authorities'"),
  ),
  challenges: optional(
    z.array(z.enum(["http-01", "tls-alpn-01"], { error: "expected http-01 or tls-alpn-01" })).min(1, {
      error: "must name http-01, tls-alpn-01 or both",
    }),
    "How hosts are proved to be yours, tried in turn.",
    ["http-01", "tls-alpn-01"],
  ),
});

const run = z.strictObject({
  http_port: optional(port, "The host's port for http.", defaults.httpPort),
  https_port: optional(port, "The host's port for https.", defaults.httpsPort),
  metrics_port: optional(
    port,
    "The proxy's port for metrics, reachable on the network `cutover` of the host.",
    inWords("none"),
  ),
  debug: optional(flag, "Log each request, of every app.", false),
  log_max_size: optional(text, "When the proxy's log is turned over.", defaults.logMaxSize),
  publish: optional(flag, "Whether the ports are published on the host at all.", true),
  bind_ips: optional(texts, "Addresses of the host to publish on.", inWords("all")),
  acme: optional(acme, "Where certificates for `ssl: true` come from."),
  registry: optional(text, "Taken and not used: the proxy's image is brought by us."),
  repository: optional(text, "Taken and not used: the proxy's image is brought by us."),
  version: optional(text, "Taken and not used: the proxy has our own version."),
  options: optional(dockerFlags, "More flags of `docker run` for the proxy's container.", {}),
});

/** `proxy`, at the root, of a role and of an accessory. */
export const proxy = z.strictObject({
  host: optional(
    commaTexts,
    "The name it answers to; several with commas.",
    inWords("every name no other app claims"),
  ),
  hosts: optional(texts, "The names it answers to, as a list."),
  app_port: optional(port, "Where the app listens in its container.", defaults.appPort),
  ssl: optional(tls, "TLS: `true` for a certificate by ACME, or the secrets with your own.", false),
  ssl_redirect: optional(flag, "Send http to https. True where there is TLS.", true),
  forward_headers: optional(
    flag,
    "Pass a client's `X-Forwarded-*` on. For a proxy behind another one; true where there is no TLS.",
  ),
  trusted_proxies: optional(
    texts,
    "Networks (CIDR) whose `X-Forwarded-*` are believed; narrows `forward_headers`.",
  ),
  response_timeout: optional(
    duration,
    "How long the app may take until its answer begins.",
    defaults.responseTimeout,
  ),
  path_prefix: optional(pathPrefix, "Answer only below this path; several with commas."),
  path_prefixes: optional(pathPrefix, "Answer only below these paths."),
  strip_path_prefix: optional(flag, "Take the prefix off before the app sees the path.", true),
  healthcheck: optional(healthcheck, "How a new container is asked whether it is well."),
  buffering: optional(
    buffering,
    "Whether bodies wait in the proxy for a slow client, rather than in the app.",
  ),
  logging: optional(
    headerLogging,
    "Log each request, as a line of JSON in the proxy's log, with these headers.",
  ),
  run: optional(run, "How the proxy itself is run on the hosts."),
});

export type ProxyFile = z.output<typeof proxy>;
export type AcmeFile = z.output<typeof acme>;
export type ProxyRunFile = z.output<typeof run>;
