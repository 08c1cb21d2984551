import type { Acme, ProxyRun } from "../config/proxy.ts";

/** The words that the proxy's container is started with. None is secret. */
export function proxyWords({ metricsPort, debug, acme }: ProxyRun): string[] {
  return [
    "run",
    ...(metricsPort === null ? [] : ["--metrics-port", String(metricsPort)]),
    ...(debug ? ["--request-log", "all"] : []),
    ...(acme === null ? [] : acmeWords(acme)),
  ];
}

function acmeWords({ directory, email, authorities, challenges }: Acme): string[] {
  return [
    ...(directory === null ? [] : ["--acme-directory", directory]),
    // An address may begin with a hyphen.
    ...(email === null ? [] : [`--acme-email=${email}`]),
    ...(authorities === null ? [] : [`--acme-authorities=${authorities}`]),
    ...(challenges.length === 0 ? [] : ["--acme-challenges", challenges.join(",")]),
  ];
}
