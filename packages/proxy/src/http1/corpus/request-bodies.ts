import { type Case, head } from "./case.ts";

const start = "POST / HTTP/1.1";
const host = "Host: a.example";
const chunked = head(start, host, "Transfer-Encoding: chunked");
const next = head("GET /next HTTP/1.1", host);
const nextGives = "GET /next @a.example none keep-alive";

function framed(says: string, lines: string[], body: string, ...gives: string[]): Case {
  return { says, bytes: head(start, host, ...lines) + body, gives };
}

function refused(says: string, lines: string[], gives: string): Case {
  return framed(says, lines, "", `refused ${gives}`);
}

const lengths: Case[] = [
  framed(
    "a length",
    ["Content-Length: 5"],
    `hello${next}`,
    'POST / @a.example length "hello" keep-alive',
    nextGives,
  ),
  framed("no content", ["Content-Length: 0"], next, 'POST / @a.example length "" keep-alive', nextGives),
  framed("neither length nor coding", [], next, "POST / @a.example none keep-alive", nextGives),
  framed("a body that is cut", ["Content-Length: 5"], "he", 'POST / @a.example length "he" cut keep-alive'),
  framed(
    "content that waits for 100 Continue",
    ["Content-Length: 1", "Expect: 100-Continue"],
    "x",
    'POST / @a.example length "x" keep-alive expects-continue',
  ),
  framed(
    "an upgrade with content is none",
    ["Content-Length: 1", "Connection: Upgrade", "Upgrade: websocket"],
    "x",
    'POST / @a.example length "x" keep-alive',
  ),
  refused("two lengths", ["Content-Length: 5", "Content-Length: 6"], "400 RFC 9112, 6.3"),
  refused("two lengths that say the same", ["Content-Length: 5", "Content-Length: 5"], "400 RFC 9112, 6.3"),
  ...[
    "",
    "5, 5",
    "+5",
    "-5",
    "\t5",
    "5\t",
    "0x5",
    "5 5",
    "5.0",
    "5;",
    "٥",
    "99999999999999999",
    "9007199254740993",
  ].map((value) =>
    refused(
      `Content-Length: ${value}`,
      [`Content-Length: ${Buffer.from(value).toString("latin1")}`],
      "400 RFC 9112, 6.3",
    ),
  ),
  {
    says: "TRACE with content",
    bytes: head("TRACE / HTTP/1.1", host, "Content-Length: 1"),
    gives: ["refused 400 RFC 9110, 9.3.8"],
  },
];

const codings: Case[] = [
  framed("chunked", ["Transfer-Encoding: chunked"], "0\r\n\r\n", 'POST / @a.example chunked "" keep-alive'),
  framed(
    "chunked in capitals",
    ["Transfer-Encoding: Chunked"],
    "0\r\n\r\n",
    'POST / @a.example chunked "" keep-alive',
  ),
  refused("a coding before chunked", ["Transfer-Encoding: gzip, chunked"], "501 RFC 9112, 6.1"),
  refused("identity before chunked", ["Transfer-Encoding: identity, chunked"], "501 RFC 9112, 6.1"),
  ...[
    "\tchunked",
    "chunked\t",
    "gzip",
    "identity",
    "",
    "chunked, chunked",
    "chunked, gzip",
    "chunked;x=y",
    '"chunked"',
    "xchunked",
    "chunked,",
  ].map((value) =>
    refused(`Transfer-Encoding: ${value}`, [`Transfer-Encoding: ${value}`], "400 RFC 9112, 6.3"),
  ),
  refused("chunked with a vertical tab before it", ["Transfer-Encoding: \x0bchunked"], "400 RFC 9110, 5.5"),
  refused("chunked with 0xA0 after it", ["Transfer-Encoding: chunked\xa0"], "400 RFC 9112, 6.3"),
  refused("two lines", ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], "400 RFC 9112, 6.1"),
  refused(
    "a coding split over two lines",
    ["Transfer-Encoding: gzip", "Transfer-Encoding: chunked"],
    "400 RFC 9112, 6.1",
  ),
  refused("a length before", ["Content-Length: 3", "Transfer-Encoding: chunked"], "400 RFC 9112, 6.3"),
  refused("a length after", ["Transfer-Encoding: chunked", "Content-Length: 3"], "400 RFC 9112, 6.3"),
  {
    says: "chunked in HTTP/1.0",
    bytes: head("POST / HTTP/1.0", host, "Transfer-Encoding: chunked"),
    gives: ["refused 400 RFC 9112, 6.1"],
  },
];

function chunks(says: string, body: string, content: string): Case {
  const gives = [`POST / @a.example chunked ${JSON.stringify(content)} keep-alive`, nextGives];
  return { says, bytes: chunked + body + next, gives };
}

function badChunks(says: string, body: string, content: string, gives: string): Case {
  const cut = `POST / @a.example chunked ${JSON.stringify(content)} cut keep-alive`;
  return { says, bytes: chunked + body, gives: [cut, `refused ${gives}`] };
}

const bodies: Case[] = [
  chunks("chunks", "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", "hello!"),
  chunks(
    "a size in either case with zeros before it",
    "00a\r\n0123456789\r\nA\r\n0123456789\r\n000\r\n\r\n",
    "01234567890123456789",
  ),
  chunks("content that looks like framing", "7\r\n0\r\n\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n\r\n"),
  chunks("an extension", '1;a=b;c="d;e"\r\nx\r\n0;f\r\n\r\n', "x"),
  chunks("an extension as long as the limit", `1;${"e".repeat(256)}\r\nx\r\n0\r\n\r\n`, "x"),
  chunks("trailers", "1\r\nx\r\n0\r\nX-Checksum: 1\r\nServer-Timing: a\r\n\r\n", "x"),
  badChunks(
    "an extension over the limit",
    `1;${"e".repeat(257)}\r\nx\r\n0\r\n\r\n`,
    "",
    "400 RFC 9112, 7.1.1",
  ),
  badChunks("a control character in an extension", "1;a\0\r\nx\r\n0\r\n\r\n", "", "400 RFC 9112, 7.1.1"),
  badChunks("LF that ends an extension", "1;a\nx\r\n0\r\n\r\n", "", "400 RFC 9112, 2.2"),
  badChunks("LF that ends a size", "1\nx\r\n0\r\n\r\n", "", "400 RFC 9112, 2.2"),
  badChunks("CR alone after a size", "1\rx\r\n0\r\n\r\n", "", "400 RFC 9112, 2.2"),
  badChunks("no size", "\r\nx\r\n", "", "400 RFC 9112, 7.1"),
  badChunks("a size that is no number", "g\r\n", "", "400 RFC 9112, 7.1"),
  badChunks("a size with 0x", "0x1\r\nx\r\n0\r\n\r\n", "", "400 RFC 9112, 7.1"),
  badChunks("a negative size", "-1\r\n", "", "400 RFC 9112, 7.1"),
  badChunks("a space after the size", "1 \r\nx\r\n0\r\n\r\n", "", "400 RFC 9112, 7.1"),
  badChunks("a space before the size", " 1\r\nx\r\n0\r\n\r\n", "", "400 RFC 9112, 7.1"),
  badChunks("a size beyond what a number holds", "10000000000000\r\n", "", "400 RFC 9112, 7.1"),
  badChunks("a chunk longer than its size", "1\r\nxy\r\n0\r\n\r\n", "x", "400 RFC 9112, 7.1"),
  badChunks("a chunk that ends in LF", "1\r\nx\n0\r\n\r\n", "x", "400 RFC 9112, 7.1"),
  badChunks("a chunk without an end", "1\r\nx0\r\n\r\n", "x", "400 RFC 9112, 7.1"),
  badChunks("Content-Length in trailers", "0\r\nContent-Length: 1\r\n\r\n", "", "400 RFC 9110, 6.5.1"),
  badChunks("X-Forwarded-For in trailers", "0\r\nX-Forwarded-For: 1\r\n\r\n", "", "400 RFC 9110, 6.5.1"),
  badChunks("a malformed trailer", "0\r\nX : 1\r\n\r\n", "", "400 RFC 9112, 5.1"),
  badChunks("a trailer that ends in LF", "0\r\nX: 1\n\r\n", "", "400 RFC 9112, 2.2"),
  badChunks("trailers over the limit", `0\r\nX: ${"y".repeat(8192)}\r\n\r\n`, "", "431 RFC 9112, 7.1.2"),
  badChunks("too many trailers", `0\r\n${"X: y\r\n".repeat(65)}\r\n`, "", "431 RFC 6585, 5"),
];

/** Content-Length, Transfer-Encoding and chunks: RFC 9112, 6 and 7. */
export const requestBodies: Case[] = [...lengths, ...codings, ...bodies];
