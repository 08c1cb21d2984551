import type { ResponseHead } from "../http1/response-head.ts";
import { DROP, isNamedByConnection, PASS, treatmentOf } from "./hop-by-hop.ts";
import { KeptLines } from "./kept-lines.ts";

/** What a client's connection needs said in the head of its answer. */
export interface AnswerHop {
  /** Whether the body goes to the client in chunks. */
  chunked: boolean;
  /** What becomes of the connection afterwards; null where the default says it already. */
  connection: "close" | "keep-alive" | "Upgrade" | null;
  /** The protocol that is changed to, in a 101. */
  upgrade: string | null;
  /** Further field lines, each with its line end. */
  lines: string;
}

/** The head that a client gets for a target's answer, without what belongs to the hop to the target. */
export function responseHeadForClient(head: ResponseHead, hop: AnswerHop): string {
  const { fields } = head;
  const { nominated } = head.connection;
  const lines = new KeptLines(fields);
  const dropsNamed = nominated.length > 0;
  for (let index = 0; index < fields.count; index += 1) {
    const treatment = treatmentOf(fields.id(index));
    const named = dropsNamed && treatment === PASS && isNamedByConnection(fields.name(index), nominated);
    if (treatment === DROP || named) lines.drop(index);
    else lines.keep(index);
  }
  const coding = hop.chunked ? "Transfer-Encoding: chunked\r\n" : "";
  const connection = hop.connection === null ? "" : `Connection: ${hop.connection}\r\n`;
  const upgrade = hop.upgrade === null ? "" : `Upgrade: ${hop.upgrade}\r\n`;
  return `HTTP/1.1 ${head.status} ${head.reason}\r\n${lines.end()}${coding}${connection}${upgrade}${hop.lines}\r\n`;
}
