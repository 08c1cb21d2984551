import type { ResponseHead } from "../http1/response-head.ts";
import { sentRecord } from "../log/record.ts";
import type { RequestRecord } from "../log/requests.ts";
import type { Exchange } from "./exchange.ts";

/**
 * Counts an exchange that has ended, and writes it down where its service's requests are logged.
 *
 * @param answer of the target; null where none went on to the client
 * @param ownStatus what the client was answered in its place; 0 for nothing
 * @param ms how long the exchange took
 */
export function noteOutcome(
  { plane, service, group, client, head, request }: Exchange,
  answer: ResponseHead | null,
  ownStatus: number,
  ms: number,
  outcome: RequestRecord["outcome"],
): void {
  const status = answer?.status ?? ownStatus;
  service.note(status, ms, outcome);
  const { requests } = plane;
  if (requests === null || (group.release.options.requestLog === null && !requests.samples())) return;
  const { target } = request.sending;
  requests.note(
    sentRecord({ service, group, target, client: client.address, head, answer, status, ms, outcome }),
  );
}
