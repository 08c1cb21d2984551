import { type Case, head } from "./case.ts";

const host = "Host: a.example";
const longest = `/${"a".repeat(8191)}`;

/** Request lines and targets: RFC 9112, 2.2 and 3. */
export const requestLines: Case[] = [
  {
    says: "origin form",
    bytes: head("GET /a/b?c=d&e=%20 HTTP/1.1", host),
    gives: ["GET /a/b?c=d&e=%20 @a.example none keep-alive"],
  },
  {
    says: "a method that is not registered",
    bytes: head("PURGE /a HTTP/1.1", host),
    gives: ["PURGE /a @a.example none keep-alive"],
  },
  {
    says: "absolute form that agrees with Host",
    bytes: head("GET http://A.example/x HTTP/1.1", host),
    gives: ["GET /x @a.example none keep-alive"],
  },
  {
    says: "absolute form with the default port written out",
    bytes: head("GET http://a.example:80/?q HTTP/1.1", host),
    gives: ["GET /?q @a.example none keep-alive"],
  },
  {
    says: "absolute form in HTTP/1.0 without Host",
    bytes: head("GET http://a.example HTTP/1.0"),
    gives: ["GET / @a.example none close"],
  },
  {
    says: "asterisk form",
    bytes: head("OPTIONS * HTTP/1.1", host),
    gives: ["OPTIONS * @a.example none keep-alive"],
  },
  {
    says: "OPTIONS in absolute form without a path means the server as a whole",
    bytes: head("OPTIONS http://a.example HTTP/1.1", host),
    gives: ["OPTIONS * @a.example none keep-alive"],
  },
  {
    says: "one empty line before the request line",
    bytes: `\r\n${head("GET / HTTP/1.1", host)}`,
    gives: ["GET / @a.example none keep-alive"],
  },
  {
    says: "two requests in one go",
    bytes: head("GET /1 HTTP/1.1", host) + head("GET /2 HTTP/1.1", host, "Connection: close"),
    gives: ["GET /1 @a.example none keep-alive", "GET /2 @a.example none close"],
  },
  {
    says: "the longest target",
    bytes: head(`GET ${longest} HTTP/1.1`, host),
    gives: [`GET ${longest} @a.example none keep-alive`],
  },
  {
    says: "HTTP/1.0 without Host",
    bytes: head("GET / HTTP/1.0"),
    gives: ["GET / @ none close"],
  },
  {
    says: "a target one byte too long",
    bytes: head(`GET ${longest}a HTTP/1.1`, host),
    gives: ["refused 414 RFC 9112, 3"],
  },
  {
    says: "two empty lines before the request line",
    bytes: `\r\n\r\n${head("GET / HTTP/1.1", host)}`,
    gives: ["refused 400 RFC 9110, 9.1"],
  },
  ...(
    [
      ["a request line that ends in LF", `GET / HTTP/1.1\n${host}\r\n\r\n`, "400 RFC 9112, 2.2"],
      ["LF where the target should be", "GET \n", "400 RFC 9112, 2.2"],
      ["CR within the request line", head("GET / HTTP/1.1\rX", host), "400 RFC 9112, 2.2"],
      ["a lone CR before the request line", `\rGET / HTTP/1.1\r\n${host}\r\n\r\n`, "400 RFC 9112, 2.2"],
      ["no version (HTTP/0.9)", "GET /\r\n", "400 RFC 9112, 3.2"],
      ["two spaces before the target", head("GET  / HTTP/1.1", host), "400 RFC 9112, 3.2"],
      ["two spaces before the version", head("GET /  HTTP/1.1", host), "400 RFC 9112, 3"],
      ["a tab for a space", head("GET\t/ HTTP/1.1", host), "400 RFC 9110, 9.1"],
      ["a space after the version", head("GET / HTTP/1.1 ", host), "400 RFC 9112, 3"],
      ["a space in the target", head("GET /a b HTTP/1.1", host), "400 RFC 9112, 3"],
      ["a fragment in the target", head("GET /a#b HTTP/1.1", host), "400 RFC 9112, 3.2"],
      ["bytes beyond ASCII in the target", head("GET /\xe9 HTTP/1.1", host), "400 RFC 9112, 3.2"],
      ["NUL in the target", head("GET /\0 HTTP/1.1", host), "400 RFC 9110, 5.5"],
      ["a method that is no token", head("GE(T / HTTP/1.1", host), "400 RFC 9110, 9.1"],
      ["a method of thirty letters", head(`${"M".repeat(30)} / HTTP/1.1`, host), "400 RFC 9110, 9.1"],
      ["CONNECT", head("CONNECT a.example:443 HTTP/1.1", host), "501 RFC 9110, 9.3.6"],
      ["authority form without CONNECT", head("GET a.example:80 HTTP/1.1", host), "400 RFC 9112, 3.2"],
      ["asterisk form without OPTIONS", head("GET * HTTP/1.1", host), "400 RFC 9112, 3.2"],
      ["another scheme", head("GET ftp://a.example/ HTTP/1.1", host), "400 RFC 9112, 3.2"],
      ["user information", head("GET http://u@a.example/ HTTP/1.1", host), "400 RFC 9110, 4.2.4"],
      ["a query right behind the host", head("GET http://a.example?q HTTP/1.1", host), "400 RFC 9112, 3.2"],
      ["absolute form without a host", head("GET http:///x HTTP/1.1", host), "400 RFC 9112, 3.2"],
      ["absolute form against Host", head("GET http://b.example/ HTTP/1.1", host), "400 RFC 9112, 3.2.2"],
      [
        "absolute form against Host's port",
        head("GET http://a.example:81/ HTTP/1.1", host),
        "400 RFC 9112, 3.2.2",
      ],
      ["HTTP/2.0", head("PRI * HTTP/2.0"), "505 RFC 9110, 15.6.6"],
      ["HTTP/1.2", head("GET / HTTP/1.2", host), "505 RFC 9110, 15.6.6"],
      ["HTTP/1.10", head("GET / HTTP/1.10", host), "400 RFC 9112, 3"],
      ["http in lower case", head("GET / http/1.1", host), "400 RFC 9112, 3"],
    ] as const
  ).map(([says, bytes, refused]) => ({ says, bytes, gives: [`refused ${refused}`] })),
];
