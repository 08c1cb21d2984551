import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldSet, HeadWriter, hopByHop } from "./head-writer.ts";
import { readRequests, readResponses } from "./testing/read-messages.ts";
import { splitAt } from "./testing/splits.ts";
import { summary } from "./testing/summary.ts";

const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,24}$/);
const fieldValue = fc.stringMatching(
  /^([\x21-\x7e\x80-\xff]([\x20-\x7e\x80-\xff\t]{0,30}[\x21-\x7e\x80-\xff])?)?$/,
);
const label = fc.stringMatching(/^[a-z0-9_]([a-z0-9_-]{0,10}[a-z0-9_])?$/);
const host = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.option(fc.integer({ min: 0, max: 65_535 })))
  .map(([labels, port]) => labels.join(".") + (port === null ? "" : `:${port}`));
const path = fc.stringMatching(/^\/[!-"$-~]{0,60}$/);
const anyByte = fc.nat(255).map((byte) => String.fromCharCode(byte));
const content = fc.string({ unit: anyByte, maxLength: 60 });
const method = token.filter((name) => name !== "CONNECT" && name !== "TRACE");

/** A field that means nothing to the codec, and that no Connection field removes. */
const field = fc.tuple(
  token.map((name) => `X-${name}`),
  fieldValue,
);

const chunks = fc.array(
  fc.tuple(
    fc.string({ unit: anyByte, minLength: 1, maxLength: 20 }),
    fc.constantFrom("", ";a", ";a=b", ';a="b;c"'),
    fc.boolean(),
  ),
);

const request = fc.record({
  method,
  path,
  host,
  fields: fc.array(field, { maxLength: 8 }),
  body: fc.oneof(
    fc.constant({ field: null, wire: "", content: "" }),
    content.map((bytes) => ({
      field: { name: "Content-Length", value: `${bytes.length}` },
      wire: bytes,
      content: bytes,
    })),
    chunks.map((parts) => ({
      field: { name: "Transfer-Encoding", value: "chunked" },
      wire: `${parts.map(chunk).join("")}0\r\n\r\n`,
      content: parts.map(([bytes]) => bytes).join(""),
    })),
  ),
});

function chunk([bytes, extension, upper]: [string, string, boolean]): string {
  const size = bytes.length.toString(16);
  return `${upper ? size.toUpperCase() : size}${extension}\r\n${bytes}\r\n`;
}

/** Text that has something of HTTP in it. */
const soup = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom("\r\n", "\r\n\r\n", "\r", "\n", " ", ":", "0", "1", ";", ",", "\0"),
      },
      { weight: 2, arbitrary: fc.constantFrom("GET / HTTP/1.1\r\n", "Host: a\r\n", "HTTP/1.1 200 OK\r\n") },
      fc.constantFrom("Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n"),
      fc.string({ unit: anyByte, maxLength: 4 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => Buffer.from(parts.join(""), "latin1"));

const cuts = fc.array(fc.nat(4096), { maxLength: 6 });

describe("any split gives the same result", () => {
  test("of a request's bytes", () => {
    fc.assert(
      fc.property(soup, cuts, (bytes, offsets) => {
        expect(summary(readRequests(splitAt(bytes, offsets)))).toEqual(summary(readRequests([bytes])));
      }),
      { numRuns: 1000 },
    );
  });

  test("of a response's bytes", () => {
    fc.assert(
      fc.property(soup, cuts, (bytes, offsets) => {
        const pieces = splitAt(bytes, offsets);
        expect(summary(readResponses("GET", pieces))).toEqual(summary(readResponses("GET", [bytes])));
      }),
      { numRuns: 1000 },
    );
  });
});

test("requests one after another are read as they were written, however they are cut", () => {
  fc.assert(
    fc.property(fc.array(request, { minLength: 1, maxLength: 3 }), cuts, (requests, offsets) => {
      const written = requests.map((each) => {
        const writer = new HeadWriter().startRequest(each.method, each.path).field("Host", each.host);
        for (const [name, value] of each.fields) writer.field(name, value);
        if (each.body.field !== null) writer.field(each.body.field.name, each.body.field.value);
        return writer.end() + each.body.wire;
      });
      const read = readRequests(splitAt(Buffer.from(written.join(""), "latin1"), offsets));
      expect(
        read.messages.map(({ head, content, whole }) => ({
          start: [head.method, head.path, head.host],
          fields: Array.from({ length: head.fields.count }, (_, i) => [
            head.fields.name(i),
            head.fields.value(i),
          ]),
          content,
          whole,
        })),
      ).toEqual(
        requests.map(({ method: name, path: at, host: to, fields, body }) => ({
          start: [name, at, to],
          fields: [
            ["Host", to],
            ...fields,
            ...(body.field === null ? [] : [[body.field.name, body.field.value]]),
          ],
          content: body.content,
          whole: true,
        })),
      );
    }),
  );
});

describe("passing a head on", () => {
  const incoming = [
    "GET /a HTTP/1.1",
    "Host: a.example",
    "Connection: close, X-Hop, X-Forwarded-For, Host",
    "X-Hop: 1",
    "X-Kept:  2",
    "X-Forwarded-For: 192.0.2.1",
    "Keep-Alive: 5",
    "X-Last: 3",
  ];
  const [message] = readRequests([Buffer.from(`${incoming.join("\r\n")}\r\n\r\n`)]).messages;
  if (message === undefined) throw new TypeError("the head is well formed");
  const { head } = message;

  test("drops what belongs to one hop, and keeps lines as they came", () => {
    const text = new HeadWriter()
      .startRequest("GET", "/b")
      .copy(head.fields, hopByHop, head.connection.nominated)
      .end();
    expect(text).toBe(
      "GET /b HTTP/1.1\r\nHost: a.example\r\nX-Kept:  2\r\nX-Forwarded-For: 192.0.2.1\r\nX-Last: 3\r\n\r\n",
    );
  });

  test("replaces the fields it is told to", () => {
    const replaced = fieldSet("host", "x-forwarded-for", "connection", "keep-alive");
    const text = new HeadWriter()
      .startRequest("GET", "/b")
      .copy(head.fields, replaced, [])
      .field("Host", "b.example")
      .end();
    expect(text).toBe("GET /b HTTP/1.1\r\nX-Hop: 1\r\nX-Kept:  2\r\nX-Last: 3\r\nHost: b.example\r\n\r\n");
  });

  test.each([
    ["X", "a\r\nY: b"],
    ["X", "a\0"],
    ["X", "\u0142"],
    ["X:", "a"],
    ["", "a"],
  ])("refuses to write %j with %j", (name, value) =>
    expect(() => new HeadWriter().startResponse(200, "OK").field(name, value)).toThrow(TypeError),
  );
});
