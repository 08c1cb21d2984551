/** How a framework refuses a `Host` that it does not know, and what makes it take the health check's. */
interface HostCheck {
  name: string;
  /** In the answer's body or the container's log. */
  pattern: RegExp;
  hint: string;
}

const CHECKS: readonly HostCheck[] = [
  {
    name: "Rails",
    pattern: /Blocked hosts?:|HostAuthorization/i,
    hint: "leave the health check's path out of config.host_authorization",
  },
  {
    name: "Django",
    pattern: /DisallowedHost|Invalid HTTP_HOST header|ALLOWED_HOSTS/,
    hint: "answer the health check's path before Django checks hosts, or widen ALLOWED_HOSTS: the proxy alone reaches the container",
  },
  {
    name: "Vite",
    pattern: /server\.allowedHosts|preview\.allowedHosts|Blocked request\. This host/,
    hint: "serve the build instead of Vite's own server, or set allowedHosts: true",
  },
  {
    name: "webpack's server",
    pattern: /Invalid Host header/,
    hint: "serve the build instead of webpack's own server, or set allowedHosts: all",
  },
  {
    name: "Symfony",
    pattern: /Untrusted Host/,
    hint: "widen framework.trusted_hosts: the proxy alone reaches the container",
  },
  {
    name: "ASP.NET",
    pattern: /Invalid Hostname|AllowedHosts/,
    hint: "set AllowedHosts to *: the proxy alone reaches the container",
  },
];

/**
 * Whether an app refused the health check for the name that it was asked by, which is the
 * container's and not the site's.
 *
 * @param status of the answer
 * @param evidence the answer's body and the log's last lines
 */
export function hostRefusal(
  status: number,
  evidence: readonly string[],
): { name: string; hint: string } | null {
  if (status < 400 || status >= 500) return null;
  const text = evidence.join("\n");
  const found = CHECKS.find(({ pattern }) => pattern.test(text));
  return found === undefined ? null : { name: found.name, hint: found.hint };
}
