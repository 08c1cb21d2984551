import { type Case, head } from "./case.ts";

/** A response to a request of `method` (GET unless it says so). */
export interface ResponseCase extends Case {
  method?: string;
}

const ok = "HTTP/1.1 200 OK";

function accepted(says: string, bytes: string, ...gives: string[]): ResponseCase {
  return { says, bytes, gives };
}

function refused(says: string, bytes: string, section: string): ResponseCase {
  return { says, bytes, gives: [`refused 502 ${section}`] };
}

/** Status lines and the framing of responses: RFC 9112, 4 and 6. */
export const responses: ResponseCase[] = [
  accepted("a length", `${head(ok, "Content-Length: 2")}ok`, '200 OK length "ok" keep-alive'),
  accepted(
    "chunks",
    `${head(ok, "Transfer-Encoding: chunked")}2\r\nok\r\n0\r\n\r\n`,
    '200 OK chunked "ok" keep-alive',
  ),
  accepted("a body until the connection closes", `${head(ok)}ok`, '200 OK until-close "ok" close'),
  accepted("no reason", head("HTTP/1.1 200 ", "Content-Length: 0"), '200  length "" keep-alive'),
  accepted("no reason and no space", head("HTTP/1.1 200", "Content-Length: 0"), '200  length "" keep-alive'),
  accepted(
    "a reason beyond ASCII",
    head("HTTP/1.1 404 Trouv\xe9", "Content-Length: 0"),
    '404 Trouv\xe9 length "" keep-alive',
  ),
  accepted("close", head(ok, "Content-Length: 0", "Connection: close"), '200 OK length "" close'),
  accepted("HTTP/1.0", head("HTTP/1.0 200 OK", "Content-Length: 0"), '200 OK length "" close'),
  accepted(
    "HTTP/1.0 kept alive",
    head("HTTP/1.0 200 OK", "Content-Length: 0", "Connection: keep-alive"),
    '200 OK length "" keep-alive',
  ),
  accepted(
    "interim responses",
    head("HTTP/1.1 100 Continue") +
      head("HTTP/1.1 103 Early Hints", "Link: </a>") +
      head(ok, "Content-Length: 0"),
    "100 Continue none keep-alive",
    "103 Early Hints none keep-alive",
    '200 OK length "" keep-alive',
  ),
  accepted(
    "a change of protocols",
    head("HTTP/1.1 101 Switching Protocols", "Connection: Upgrade", "Upgrade: websocket"),
    "101 Switching Protocols none keep-alive",
  ),
  accepted(
    "204",
    head("HTTP/1.1 204 No Content") + head(ok, "Content-Length: 0"),
    "204 No Content none keep-alive",
    '200 OK length "" keep-alive',
  ),
  accepted(
    "204 with a length of nothing",
    head("HTTP/1.1 204 No Content", "Content-Length: 0"),
    "204 No Content none keep-alive",
  ),
  accepted(
    "304 with the length there would be",
    head("HTTP/1.1 304 Not Modified", "Content-Length: 9"),
    "304 Not Modified none keep-alive",
  ),
  {
    ...accepted("an answer to HEAD", head(ok, "Content-Length: 9"), "200 OK none keep-alive"),
    method: "HEAD",
  },
  {
    ...accepted(
      "an answer to HEAD, chunked",
      head(ok, "Transfer-Encoding: chunked"),
      "200 OK none keep-alive",
    ),
    method: "HEAD",
  },

  refused("HTTP/2.0", head("HTTP/2.0 200 OK"), "RFC 9112, 4"),
  refused("a status of two digits", head("HTTP/1.1 20 OK"), "RFC 9112, 4"),
  refused("a status of four digits", head("HTTP/1.1 2000 OK"), "RFC 9112, 4"),
  refused("a status below 100", head("HTTP/1.1 099 OK"), "RFC 9112, 4"),
  refused("a status above 599", head("HTTP/1.1 600 OK"), "RFC 9112, 4"),
  refused("two spaces before the status", head("HTTP/1.1  200 OK"), "RFC 9112, 4"),
  refused("an empty line before the status line", `\r\n${head(ok)}`, "RFC 9112, 4"),
  refused("no status line", "<html></html>", "RFC 9112, 4"),
  refused("a status line that ends in LF", "HTTP/1.1 200 OK\n\n", "RFC 9112, 2.2"),
  refused("CR within the reason", "HTTP/1.1 200 O\rK\r\n\r\n", "RFC 9112, 2.2"),
  refused("NUL in the reason", head("HTTP/1.1 200 \0"), "RFC 9110, 5.5"),
  refused("a folded field", head(ok, "X: a", " b"), "RFC 9112, 5.2"),
  refused("a space before the colon", head(ok, "Content-Length : 2"), "RFC 9112, 5.1"),
  refused("two lengths", head(ok, "Content-Length: 2", "Content-Length: 2"), "RFC 9112, 6.3"),
  refused("a list of lengths", head(ok, "Content-Length: 2, 2"), "RFC 9112, 6.3"),
  refused(
    "a length and a coding",
    head(ok, "Content-Length: 2", "Transfer-Encoding: chunked"),
    "RFC 9112, 6.3",
  ),
  refused("a coding before chunked", head(ok, "Transfer-Encoding: gzip, chunked"), "RFC 9112, 6.1"),
  refused("a coding that is not chunked", head(ok, "Transfer-Encoding: identity"), "RFC 9112, 6.3"),
  refused("chunked in HTTP/1.0", head("HTTP/1.0 200 OK", "Transfer-Encoding: chunked"), "RFC 9112, 6.1"),
  refused("204 with content", head("HTTP/1.1 204 No Content", "Content-Length: 2"), "RFC 9112, 6.3"),
  refused("204 with chunks", head("HTTP/1.1 204 No Content", "Transfer-Encoding: chunked"), "RFC 9112, 6.3"),
  refused("100 with content", head("HTTP/1.1 100 Continue", "Content-Length: 2"), "RFC 9112, 6.3"),
  refused("a malformed Connection", head(ok, "Connection: a b"), "RFC 9110, 7.6.1"),
];
