import { normalHost } from "./host.ts";
import { type Refusal, refusals } from "./refusal.ts";

/** A request target in absolute form, taken apart. */
export interface AbsoluteTarget {
  /** In lower case, without the scheme's default port. */
  authority: string;
  /** In origin form; `*` for `OPTIONS` of the server as a whole. */
  path: string;
}

const slash = 0x2f;

/** Whether a target begins as origin form does. */
export function isOriginForm(target: string): boolean {
  return target.charCodeAt(0) === slash;
}

/** Takes `http://host[:port][/path[?query]]` apart; a scheme other than http and https is refused. */
export function absoluteTarget(method: string, target: string): AbsoluteTarget | Refusal {
  const scheme = /^https?:\/\//i.exec(target)?.[0];
  if (scheme === undefined) return refusals.target;
  const rest = target.slice(scheme.length);
  const slashAt = rest.indexOf("/");
  // A query without a path before it counts as part of the host here: HAProxy reads it so, nginx does not.
  const authority = slashAt < 0 ? rest : rest.slice(0, slashAt);
  if (authority.includes("@")) return refusals.userinfo;
  const host = normalHost(authority);
  if (host === null) return refusals.target;
  return {
    authority: withoutDefaultPort(host, scheme.length === "https://".length ? ":443" : ":80"),
    path: slashAt < 0 ? emptyPath(method) : rest.slice(slashAt),
  };
}

/** Whether the Host field says the same as an absolute-form target: RFC 9112, 3.2.2 lets us refuse if not. */
export function sameAuthority(absolute: AbsoluteTarget, target: string, host: string): boolean {
  const port = target.charCodeAt(4) === 0x3a ? ":80" : ":443";
  return absolute.authority === withoutDefaultPort(host, port);
}

function withoutDefaultPort(host: string, port: string): string {
  return host.endsWith(port) ? host.slice(0, -port.length) : host;
}

/** RFC 9112, 3.2.4: without a path, OPTIONS means the server as a whole. */
function emptyPath(method: string): string {
  return method === "OPTIONS" ? "*" : "/";
}
