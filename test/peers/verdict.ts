import { NodeReader } from "../../packages/proxy/src/http1/fuzz/node-http.ts";
import { readRequests } from "../../packages/proxy/src/http1/testing/read-messages.ts";
import { type Passage, requestsIn } from "./contender.ts";
import { excuses } from "./excuses.ts";

/**
 * What is wrong with what ours passed on of a client's bytes, in words; null when nothing is: no
 * request that a peer refuses for its framing or its Host, and none that became two.
 */
export async function wrongWith(
  bytes: string,
  ours: Passage,
  peers: readonly Passage[],
): Promise<string | null> {
  for (const peer of peers) {
    const refused = peer.statuses.some((status) => status >= 400);
    if (!refused || ours.requests <= peer.requests) continue;
    const excused = excuses.some((excuse) => excuse.peer === peer.name && excuse.applies(bytes, peer));
    if (!excused)
      return `passed on ${ours.requests}, ${peer.name} ${peer.requests} and answered ${peer.statuses}`;
  }
  const sent = readRequests([Buffer.from(bytes, "latin1")]).messages.length;
  if (ours.requests > sent) return `${sent} requests became ${ours.requests}`;
  return doubled(ours);
}

/** Whether another parser finds more, or fewer, requests in what was passed on than were written. */
async function doubled({ passed }: Passage): Promise<string | null> {
  for (const bytes of passed) {
    const { messages: written, refused } = requestsIn(bytes);
    if (refused !== null) return `what was passed on reads as ${refused.reason}`;
    if (!written.every(({ whole }) => whole)) continue;
    const read = await new NodeReader().read(bytes);
    if (read !== null && read.length !== written.length)
      return `${written.length} requests are read as ${read.length}`;
  }
  return null;
}
