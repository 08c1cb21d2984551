import type { Random } from "./random.ts";

/** Pieces that parsers are known to disagree about. */
const fragments = [
  "\r\n",
  "\n",
  "\r",
  "\r\n\r\n",
  " ",
  "\t",
  "\0",
  "\x0b",
  "\x7f",
  "\x85",
  "\xa0",
  ":",
  ";",
  ",",
  "0\r\n\r\n",
  "1\r\nx\r\n",
  "ffffffffffffffff",
  "0x",
  "+",
  "-",
  '"',
  "Content-Length: 1\r\n",
  "Content-Length: 0\r\n",
  "Transfer-Encoding: chunked\r\n",
  "Transfer-Encoding: identity\r\n",
  "Transfer-Encoding : chunked\r\n",
  "Transfer-Encoding:\r\n chunked\r\n",
  "Host: b.example\r\n",
  "Connection: close, Content-Length\r\n",
  "Connection: Transfer-Encoding\r\n",
  "Expect: 100-continue\r\n",
  "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AA\r\n",
  "GET / HTTP/1.1\r\nHost: b.example\r\n\r\n",
  "HTTP/1.0",
  "http://b.example/",
] as const;

/** Changes bytes (latin1) in up to four places, or puts another message's part in. */
export function mutate(random: Random, bytes: string, others: readonly string[]): string {
  let changed = bytes;
  for (let changes = 1 + random.below(4); changes > 0; changes--)
    changed = changeOnce(random, changed, others);
  return changed;
}

function changeOnce(random: Random, bytes: string, others: readonly string[]): string {
  const at = random.below(bytes.length + 1);
  const length = random.below(Math.min(24, bytes.length - at) + 1);
  const before = bytes.slice(0, at);
  const after = bytes.slice(at);
  switch (random.below(6)) {
    case 0:
      return before + random.pick(fragments) + after;
    case 1:
      return before + after.slice(length);
    case 2:
      return before + after.slice(0, length) + after;
    case 3:
      return before + String.fromCharCode(random.below(256)) + after.slice(1);
    case 4:
      return before + swapCase(after.slice(0, length)) + after.slice(length);
    default: {
      const other = random.pick(others);
      return before + other.slice(random.below(other.length + 1));
    }
  }
}

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}
