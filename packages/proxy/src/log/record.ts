import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { Service } from "../switch/service.ts";
import type { TargetGroup } from "../upstream/group.ts";
import { loggedFields, pathOnly } from "./headers.ts";
import type { RequestRecord } from "./requests.ts";

/** A request that went to a target, and what became of it. */
interface Sent extends Pick<RequestRecord, "target" | "client" | "status" | "outcome"> {
  service: Service;
  group: TargetGroup;
  head: RequestHead;
  /** Null: none came. */
  answer: ResponseHead | null;
  ms: number;
}

/** What is logged of a request that went to a target. */
export function sentRecord(sent: Sent): RequestRecord {
  const { service, group, head, answer } = sent;
  const { candidate, options } = group.release;
  const wanted = options.requestLog;
  return {
    service: service.name,
    release: candidate,
    target: sent.target,
    client: sent.client,
    method: head.method,
    host: head.host,
    path: pathOnly(head.path),
    status: sent.status,
    ms: Math.round(sent.ms),
    outcome: sent.outcome,
    ...(wanted !== null && { requestHeaders: loggedFields(head.fields, wanted.requestHeaders) }),
    ...(wanted !== null &&
      answer !== null && { responseHeaders: loggedFields(answer.fields, wanted.responseHeaders) }),
  };
}

/**
 * What is logged of an answer that no target had a part in.
 *
 * @param head null where it could not be read
 */
export function ownRecord(
  service: Service | null,
  client: string,
  head: RequestHead | null,
  status: number,
): RequestRecord {
  return {
    service: service?.name ?? null,
    release: null,
    target: null,
    client,
    method: head?.method ?? null,
    host: head?.host ?? null,
    path: head === null ? null : pathOnly(head.path),
    status,
    ms: 0,
    outcome: "own-answer",
  };
}
