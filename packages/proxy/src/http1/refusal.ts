/**
 * Why a message is refused. The connection it came over cannot be read any further.
 *
 * `status` is what a client is to be answered; for a target's response it is always 502.
 * `section` is where RFC 9112 (or the RFC named) says so.
 */
export class Refusal {
  readonly status: number;
  readonly reason: string;
  readonly section: string;

  constructor(status: number, reason: string, section: string) {
    this.status = status;
    this.reason = reason;
    this.section = section;
  }
}

/** Every refusal that the codec makes. Made once: a flood of bad requests allocates none. */
export const refusals = {
  bareLf: new Refusal(400, "a line ends in LF without CR", "RFC 9112, 2.2"),
  bareCr: new Refusal(400, "CR without LF", "RFC 9112, 2.2"),
  nul: new Refusal(400, "NUL in the head", "RFC 9110, 5.5"),
  startLine: new Refusal(400, "malformed request line", "RFC 9112, 3"),
  method: new Refusal(400, "malformed method", "RFC 9110, 9.1"),
  target: new Refusal(400, "malformed request target", "RFC 9112, 3.2"),
  userinfo: new Refusal(400, "user information in the request target", "RFC 9110, 4.2.4"),
  connect: new Refusal(501, "CONNECT is not served here", "RFC 9110, 9.3.6"),
  version: new Refusal(505, "HTTP version not supported", "RFC 9110, 15.6.6"),
  targetTooLong: new Refusal(414, "request target too long", "RFC 9112, 3"),
  headTooLarge: new Refusal(431, "head too large", "RFC 6585, 5"),
  tooManyFields: new Refusal(431, "too many fields", "RFC 6585, 5"),
  foldedField: new Refusal(400, "folded field line", "RFC 9112, 5.2"),
  fieldName: new Refusal(400, "malformed field name", "RFC 9110, 5.1"),
  spaceBeforeColon: new Refusal(400, "white space before the colon of a field", "RFC 9112, 5.1"),
  fieldValue: new Refusal(400, "control character in a field value", "RFC 9110, 5.5"),
  hostMissing: new Refusal(400, "no Host field", "RFC 9112, 3.2"),
  hostTwice: new Refusal(400, "more than one Host field", "RFC 9112, 3.2"),
  hostMalformed: new Refusal(400, "malformed Host field", "RFC 9112, 3.2"),
  hostContradicted: new Refusal(400, "the request target names another host than Host", "RFC 9112, 3.2.2"),
  lengthTwice: new Refusal(400, "more than one Content-Length field", "RFC 9112, 6.3"),
  lengthMalformed: new Refusal(400, "malformed Content-Length", "RFC 9112, 6.3"),
  lengthAndCoding: new Refusal(400, "Content-Length together with Transfer-Encoding", "RFC 9112, 6.3"),
  codingTwice: new Refusal(400, "more than one Transfer-Encoding field", "RFC 9112, 6.1"),
  codingMalformed: new Refusal(400, "Transfer-Encoding does not end in one chunked", "RFC 9112, 6.3"),
  codingUnknown: new Refusal(501, "transfer coding not supported", "RFC 9112, 6.1"),
  codingTooOld: new Refusal(400, "Transfer-Encoding in HTTP/1.0", "RFC 9112, 6.1"),
  connectionMalformed: new Refusal(400, "malformed Connection field", "RFC 9110, 7.6.1"),
  expectation: new Refusal(417, "unknown expectation", "RFC 9110, 10.1.1"),
  traceWithBody: new Refusal(400, "TRACE with content", "RFC 9110, 9.3.8"),
  chunkSize: new Refusal(400, "malformed chunk size", "RFC 9112, 7.1"),
  chunkTooLarge: new Refusal(400, "chunk size too large", "RFC 9112, 7.1"),
  chunkExtension: new Refusal(400, "malformed or over-long chunk extension", "RFC 9112, 7.1.1"),
  chunkEnd: new Refusal(400, "chunk data longer or shorter than its size", "RFC 9112, 7.1"),
  trailersTooLarge: new Refusal(431, "trailer section too large", "RFC 9112, 7.1.2"),
  trailerForbidden: new Refusal(400, "a field that must not stand in trailers", "RFC 9110, 6.5.1"),
  statusLine: new Refusal(502, "malformed status line", "RFC 9112, 4"),
  bodyWhereNone: new Refusal(502, "a body announced where none can follow", "RFC 9112, 6.3"),
} as const;

/** The same refusal as it is told of a target's response: what the client is answered is always 502. */
export function asBadGateway(refusal: Refusal): Refusal {
  let made = gateway.get(refusal);
  if (made === undefined) {
    made = new Refusal(502, refusal.reason, refusal.section);
    gateway.set(refusal, made);
  }
  return made;
}

const gateway = new Map<Refusal, Refusal>(
  Object.values(refusals).map((refusal) => [refusal, new Refusal(502, refusal.reason, refusal.section)]),
);
