import { translateDockerFlags } from "../../docker-options/translate.ts";
import type { LocalTexts } from "../local-texts.ts";
import type { Path } from "../parse/tree.ts";
import type { Buffering, ProxyRun, ServiceRoute, Tls } from "../proxy.ts";
import { defaults } from "../schema/defaults.ts";
import type { ProxyFile, ProxyRunFile } from "../schema/proxy.ts";
import { resolveAcme } from "./acme.ts";
import { checkAddresses, checkNames } from "./addresses.ts";
import type { Report } from "./report.ts";

/** A role's `proxy` over the root's: parts merge, lists are replaced, the role wins. */
export function mergeProxy(root: ProxyFile | undefined, role: ProxyFile | undefined): ProxyFile {
  const merged: ProxyFile = { ...root, ...role };
  // `hosts` of a role replaces `host` of the root and the other way round; they mean the same.
  if (role?.hosts !== undefined && role.host === undefined) delete merged.host;
  if (role?.host !== undefined && role.hosts === undefined) delete merged.hosts;
  for (const part of ["healthcheck", "buffering", "logging", "run"] as const) {
    if (root?.[part] && role?.[part]) Object.assign(merged, { [part]: { ...root[part], ...role[part] } });
  }
  return merged;
}

/** @param path where the keys were written, for messages */
export function resolveRoute(file: ProxyFile, path: Path, report: Report): ServiceRoute {
  if (file.host && file.hosts) report.problem([...path, "hosts"], "there can be host or hosts, not both");
  if (file.path_prefix && file.path_prefixes) {
    report.problem([...path, "path_prefixes"], "there can be path_prefix or path_prefixes, not both");
  }
  const hosts = [...new Set(file.hosts ?? file.host ?? [])];
  checkNames(hosts, [...path, file.hosts ? "hosts" : "host"], report);
  checkAddresses(file.trusted_proxies, "networks too", [...path, "trusted_proxies"], report);
  const tls = resolveTls(file, hosts, path, report);
  const encrypted = tls.kind !== "none";
  return {
    hosts,
    appPort: file.app_port ?? defaults.appPort,
    tls,
    tlsRedirect: encrypted && (file.ssl_redirect ?? true),
    forwardHeaders: file.forward_headers ?? !encrypted,
    trustedProxies: file.trusted_proxies ?? [],
    responseTimeoutMs: file.response_timeout ?? defaults.responseTimeout * 1000,
    pathPrefixes: [...new Set(file.path_prefixes ?? file.path_prefix ?? [])],
    stripPathPrefix: file.strip_path_prefix ?? true,
    healthcheck: {
      path: file.healthcheck?.path ?? defaults.healthcheck.path,
      intervalMs: file.healthcheck?.interval ?? defaults.healthcheck.interval * 1000,
      timeoutMs: file.healthcheck?.timeout ?? defaults.healthcheck.timeout * 1000,
    },
    buffering: buffering(file),
    logging: file.logging
      ? {
          requestHeaders: file.logging.request_headers ?? [...defaults.requestHeaders],
          responseHeaders: file.logging.response_headers ?? [],
        }
      : null,
  };
}

function resolveTls(file: ProxyFile, hosts: string[], path: Path, report: Report): Tls {
  const ssl = file.ssl ?? false;
  if (ssl === false) return { kind: "none" };
  if (hosts.length === 0) {
    report.problem([...path, "ssl"], "needs host or hosts: the names that the certificate is for");
  }
  if (ssl !== true) {
    return {
      kind: "own",
      certificate: { secret: ssl.certificate_pem },
      privateKey: { secret: ssl.private_key_pem },
    };
  }
  const wildcard = hosts.find((host) => host.startsWith("*"));
  if (wildcard !== undefined) {
    report.problem(
      [...path, "ssl"],
      `a certificate for ${wildcard} cannot be had automatically; give your own`,
    );
  }
  return { kind: "automatic" };
}

function buffering(file: ProxyFile): Buffering {
  return {
    requests: file.buffering?.requests ?? defaults.buffering.requests,
    responses: file.buffering?.responses ?? defaults.buffering.responses,
    memory: file.buffering?.memory ?? defaults.buffering.memory,
    maxRequestBody: file.buffering?.max_request_body ?? defaults.buffering.maxBody,
    maxResponseBody: file.buffering?.max_response_body ?? defaults.buffering.maxBody,
  };
}

/**
 * @param path where `run` was written
 * @param texts of the files it names
 */
export function resolveProxyRun(
  file: ProxyRunFile | undefined,
  path: Path,
  texts: LocalTexts,
  report: Report,
): ProxyRun {
  const publish = file?.publish ?? true;
  if (!publish) {
    for (const key of ["http_port", "https_port", "bind_ips"] as const) {
      if (file?.[key] !== undefined) report.problem([...path, key], "means nothing with publish: false");
    }
  }
  for (const key of ["registry", "repository", "version"] as const) {
    if (file?.[key] !== undefined) {
      report.warning(
        [...path, key],
        "is not used: the proxy's image is our own, of our version, and brought to the host",
      );
    }
  }
  const httpPort = file?.http_port ?? defaults.httpPort;
  const httpsPort = file?.https_port ?? defaults.httpsPort;
  if (publish && httpPort === httpsPort)
    report.problem([...path, "https_port"], `http and https cannot both have port ${httpsPort}`);
  checkAddresses(file?.bind_ips, "addresses only", [...path, "bind_ips"], report);
  const { settings, problems } = translateDockerFlags({ options: file?.options ?? {} });
  for (const { path: below, message } of problems) report.problem([...path, ...below], message);
  return {
    httpPort,
    httpsPort,
    metricsPort: file?.metrics_port ?? null,
    debug: file?.debug ?? false,
    logMaxSize: file?.log_max_size ?? defaults.logMaxSize,
    publish,
    bindIps: file?.bind_ips ?? [],
    acme: file?.acme ? resolveAcme(file.acme, [...path, "acme"], texts, report) : null,
    container: settings,
  };
}
