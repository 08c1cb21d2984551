import type { OwnAnswer } from "../answer/answer.ts";
import { known } from "../http1/known-fields.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { routingHost } from "../route/host.ts";

/**
 * The redirect to https, method and content kept (308). Null where a proxy in front says that its
 * client already came over https: sent there again, the client would come back for ever.
 */
export function httpsRedirect(head: RequestHead): OwnAnswer | null {
  if (head.fields.combined(known["x-forwarded-proto"]) === "https") return null;
  const path = head.path === "*" ? "/" : head.path;
  return { status: 308, location: `https://${routingHost(head.host)}${path}`, text: "" };
}

/**
 * The field line by which browsers learn to come over https only; "" where a service doesn't want
 * it, and where its answer says it already.
 */
export function hstsLine(tls: { hstsSeconds: number | null } | null, answer: ResponseHead): string {
  if (tls === null || tls.hstsSeconds === null) return "";
  if (answer.fields.find(known["strict-transport-security"]) >= 0) return "";
  return `Strict-Transport-Security: max-age=${tls.hstsSeconds}\r\n`;
}
