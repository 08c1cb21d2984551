import { pairFault } from "../tls/pair.ts";
import type { Fields } from "./fields.ts";
import type { CertificateSource, ServiceTls } from "./protocol.ts";
import type { TlsSettings } from "./settings.ts";

/** Two years: what browsers' preload lists ask for at most. */
const longestHsts = 63_072_000;
/** A chain of ten large certificates. */
const longestPem = 65_536;

/** Reads a service's https, checking that certificate and key belong together. */
export function readTls(fields: Fields): TlsSettings {
  const settings = {
    ...readSource(fields),
    redirect: fields.flag("redirect", true),
    hstsSeconds: fields.has("hstsSeconds") ? fields.integer("hstsSeconds", 0, longestHsts) : null,
  };
  fields.end();
  return settings;
}

/** As `list` answers it: everything but the key. */
export function writeTls({ hstsSeconds, ...settings }: TlsSettings): ServiceTls {
  const shown = settings.source === "own" ? { ...settings, privateKey: "" } : settings;
  return hstsSeconds === null ? shown : { ...shown, hstsSeconds };
}

function readSource(fields: Fields): CertificateSource {
  const source = fields.choice("source", ["own", "automatic", "on-demand"]);
  if (source === "automatic") return { source };
  if (source === "on-demand") {
    const ask = fields.text("ask", 2000);
    if (!/^https?:\/\//.test(ask) || !URL.canParse(ask)) fields.refuse("ask", "an http or https URL");
    return { source, ask };
  }
  const pair = {
    certificate: fields.text("certificate", longestPem),
    privateKey: fields.text("privateKey", longestPem),
  };
  const fault = pairFault(pair);
  if (fault !== null) fields.refuse(fault.part, fault.must);
  return { source, ...pair };
}
