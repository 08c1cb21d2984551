import type { ClientSocket } from "../accept/client-socket.ts";
import { Refusal } from "../http1/refusal.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { ResponseReader } from "../http1/response-reader.ts";
import { passedHead } from "./answer-head.ts";

/**
 * Reads what a target sends up to the final head of its answer; interim heads go on to the client.
 *
 * @returns the final head, what is wrong with what came, or null when more has to come; what follows the
 *   head begins at `reader.next`
 */
export function readFinalHead(
  reader: ResponseReader,
  chunk: Buffer,
  request: RequestHead,
  client: ClientSocket,
): ResponseHead | Refusal | null {
  let offset = 0;
  for (;;) {
    const read = reader.read(chunk, offset, chunk.length);
    if (read === null || read instanceof Refusal || !read.interim) return read;
    offset = reader.next;
    // 100 and 103 go on to those who know them: HTTP/1.0 has no interim answers.
    if (request.minor === 1) client.write(passedHead(read), "latin1");
  }
}
