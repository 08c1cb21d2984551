import { type Case, head } from "./case.ts";

const start = "GET / HTTP/1.1";
const host = "Host: a.example";
const plain = "GET / @a.example none keep-alive";
/** With the request line, Host and the empty line this makes a head of exactly the limit. */
const filler = "f".repeat(32_768 - head(start, host, "X: ").length);

function accepted(says: string, lines: string[], ...gives: string[]): Case {
  return { says, bytes: head(...lines), gives };
}

function refused(says: string, lines: string[], gives: string): Case {
  return { says, bytes: head(...lines), gives: [`refused ${gives}`] };
}

const syntax: Case[] = [
  accepted("names in any case", [start, "hOsT: a.example"], plain),
  accepted("no white space around a value", [start, "Host:a.example"], plain),
  accepted("white space around a value", [start, "Host:   a.example ", "X: \t y \t "], plain),
  accepted("an empty value", [start, host, "X-Empty:"], plain),
  accepted("bytes beyond ASCII in a value", [start, host, "X: caf\xe9"], plain),
  accepted("every sign of a token in a name", [start, host, "!#$%&'*+-.^_`|~09aZ: x"], plain),
  accepted("as many fields as the limit", [start, host, ...new Array(127).fill("X: y")], plain),
  accepted("a head as large as the limit", [start, host, `X: ${filler}`], plain),
  refused("a head one byte too large", [start, host, `X: ${filler}f`], "431 RFC 6585, 5"),
  refused("one field too many", [start, host, ...new Array(128).fill("X: y")], "431 RFC 6585, 5"),
  refused("a folded field", [start, host, "X: a", " b"], "400 RFC 9112, 5.2"),
  refused("white space before the first field", [start, ` ${host}`], "400 RFC 9112, 5.2"),
  refused("a space before the colon", [start, "Host : a.example"], "400 RFC 9112, 5.1"),
  refused("a tab before the colon", [start, "Host\t: a.example"], "400 RFC 9112, 5.1"),
  refused("a field without a colon", [start, host, "X"], "400 RFC 9110, 5.1"),
  refused("an empty name", [start, host, ": x"], "400 RFC 9110, 5.1"),
  refused("a name that is no token", [start, host, "X(y): z"], "400 RFC 9110, 5.1"),
  refused("a name beyond ASCII", [start, host, "X\xe9: z"], "400 RFC 9110, 5.1"),
  refused("NUL in a value", [start, host, "X: a\0b"], "400 RFC 9110, 5.5"),
  refused("NUL in a name", [start, host, "X\0: a"], "400 RFC 9110, 5.5"),
  refused("a control character in a value", [start, host, "X: a\x0bb"], "400 RFC 9110, 5.5"),
  refused("DEL in a value", [start, host, "X: a\x7fb"], "400 RFC 9110, 5.5"),
  refused("CR in a value", [start, host, "X: a\rY: b"], "400 RFC 9112, 2.2"),
  refused("LF in a value", [start, host, "X: a\nY: b"], "400 RFC 9112, 2.2"),
  {
    says: "an empty line that is a lone LF",
    bytes: `${start}\r\n${host}\r\n\n`,
    gives: ["refused 400 RFC 9112, 2.2"],
  },
  {
    says: "an empty line that is CR and more",
    bytes: `${start}\r\n${host}\r\n\rX`,
    gives: ["refused 400 RFC 9112, 2.2"],
  },
];

const hosts: Case[] = [
  accepted("a port", [start, "Host: a.example:8080"], "GET / @a.example:8080 none keep-alive"),
  accepted("capitals, given in lower case", [start, "Host: A.Example"], plain),
  accepted("a final dot", [start, "Host: a.example."], "GET / @a.example. none keep-alive"),
  accepted("an underscore", [start, "Host: a_b"], "GET / @a_b none keep-alive"),
  accepted("an IPv4 address", [start, "Host: 192.0.2.1"], "GET / @192.0.2.1 none keep-alive"),
  accepted(
    "an IPv6 address and a port",
    [start, "Host: [2001:DB8::1]:80"],
    "GET / @[2001:db8::1]:80 none keep-alive",
  ),
  refused("no Host in HTTP/1.1", [start], "400 RFC 9112, 3.2"),
  refused("a tab before Host's value", [start, "Host: \ta.example"], "400 RFC 9112, 3.2"),
  refused("a tab behind Host's value", [start, "Host: a.example\t"], "400 RFC 9112, 3.2"),
  refused("two Hosts", [start, host, "Host: b.example"], "400 RFC 9112, 3.2"),
  refused("two Hosts that say the same", [start, host, host], "400 RFC 9112, 3.2"),
  refused("two Hosts in HTTP/1.0", ["GET / HTTP/1.0", host, host], "400 RFC 9112, 3.2"),
  ...[
    "",
    "a.example/b",
    "u@a.example",
    "a.example b.example",
    "a.example, b.example",
    "a.example\\b",
    "a.example?b",
    "a.example#b",
    "a%2eexample",
    "a..example",
    ".example",
    "a.example:",
    "a.example:80a",
    "a.example:65536",
    "a.example:80:80",
    ":80",
    "[::1",
    "[::1]a",
    "[]",
    "[example]",
    "::1",
    "a\xe9.example",
    `${"a".repeat(255)}`,
  ].map((value) => refused(`Host: ${value.slice(0, 24)}`, [start, `Host: ${value}`], "400 RFC 9112, 3.2")),
];

const connections: Case[] = [
  accepted("close", [start, host, "Connection: close"], "GET / @a.example none close"),
  accepted("close among others", [start, host, "Connection: x, Close"], "GET / @a.example none close"),
  accepted(
    "close on a second line",
    [start, host, "Connection: x", "Connection: close"],
    "GET / @a.example none close",
  ),
  accepted("empty elements", [start, host, "Connection: , keep-alive,"], plain),
  accepted("keep-alive in HTTP/1.0", ["GET / HTTP/1.0", host, "Connection: keep-alive"], plain),
  accepted(
    "an upgrade to websocket",
    [start, host, "Connection: keep-alive, Upgrade", "Upgrade: WebSocket"],
    `${plain} upgrade=websocket`,
  ),
  accepted("an upgrade that Connection does not name", [start, host, "Upgrade: websocket"], plain),
  accepted(
    "an upgrade in HTTP/1.0",
    ["GET / HTTP/1.0", host, "Connection: Upgrade", "Upgrade: websocket"],
    "GET / @a.example none close",
  ),
  accepted("an expectation without content", [start, host, "Expect: 100-continue"], plain),
  accepted(
    "an expectation in HTTP/1.0",
    ["GET / HTTP/1.0", host, "Expect: x"],
    "GET / @a.example none close",
  ),
  refused("an option that is no token", [start, host, "Connection: a b"], "400 RFC 9110, 7.6.1"),
  refused("an option with 0xA0 after it", [start, host, "Connection: close\xa0"], "400 RFC 9110, 7.6.1"),
  refused("another expectation", [start, host, "Expect: 200-ok"], "417 RFC 9110, 10.1.1"),
];

/** Field lines, Host and Connection: RFC 9112, 3.2 and 5; RFC 9110, 7.6.1. */
export const requestFields: Case[] = [...syntax, ...hosts, ...connections];
