import { fieldSet, HeadWriter, hopByHop } from "../head-writer.ts";
import { known } from "../known-fields.ts";
import type { RequestHead } from "../request-head.ts";
import { type ReadMessage, readRequests, readResponses } from "../testing/read-messages.ts";
import { splitAt } from "../testing/splits.ts";
import { summary } from "../testing/summary.ts";
import type { NodeReader } from "./node-http.ts";

/** An Expect that means nothing here, as in HTTP/1.0, must not get a meaning on the way. */
const unexpecting = fieldSet("expect").map((member, field) => member | (hopByHop[field] as number));

/** Bytes of a connection, in latin1, and who sent them. */
export interface Sample {
  from: "client" | "target";
  bytes: string;
}

/**
 * What is wrong with how the codec reads a sample, in words; null when nothing is:
 * it must read the same however the bytes are cut, must read back what it writes, and another
 * parser must take what we pass on for the same one request.
 *
 * @param cuts offsets to cut at, beside byte by byte
 */
export async function fault(
  sample: Sample,
  cuts: readonly number[],
  node: NodeReader,
): Promise<string | null> {
  const bytes = Buffer.from(sample.bytes, "latin1");
  const splits = [splitAt(bytes, cuts), Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))];
  const read = sample.from === "client" ? readRequests : readResponses.bind(null, "GET");
  const whole = summary(read([bytes])).join("\n");
  for (const pieces of splits) {
    const cut = summary(read(pieces)).join("\n");
    if (cut !== whole) return `read as\n${whole}\nbut in pieces as\n${cut}`;
  }
  if (sample.from === "target") return null;
  for (const message of readRequests([bytes]).messages) {
    const wrong = message.whole ? await passedOn(message, node) : null;
    if (wrong !== null) return wrong;
  }
  return null;
}

async function passedOn(message: ReadMessage<RequestHead>, node: NodeReader): Promise<string | null> {
  const { head } = message;
  const writer = new HeadWriter()
    .startRequest(head.method, head.path)
    .copy(head.fields, head.expectContinue ? hopByHop : unexpecting, head.connection.nominated);
  const hostless = head.fields.find(known.host) < 0;
  if (hostless) writer.field("Host", head.host || "fallback.example");
  const written = Buffer.from(writer.end() + message.wire, "latin1");
  const again = readRequests([written]);
  const second = again.messages[0];
  const same =
    again.messages.length === 1 &&
    second !== undefined &&
    second.head.method === head.method &&
    second.head.path === head.path &&
    (hostless || second.head.host === head.host) &&
    second.head.body === head.body &&
    second.content === message.content;
  if (!same) return `wrote what reads as\n${summary(again).join("\n")}`;
  const requests = await node.read(written);
  if (requests === null) return null;
  const other = requests[0];
  const agreed =
    requests.length === 1 &&
    other !== undefined &&
    other.method === head.method &&
    other.url === head.path &&
    other.host.toLowerCase() === second.head.host &&
    other.content === message.content;
  return agreed ? null : `another parser reads\n${JSON.stringify(requests)}`;
}
