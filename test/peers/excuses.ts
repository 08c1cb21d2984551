import type { Passage } from "./contender.ts";

/** Why a peer may refuse what ours passes on: a reason that has nothing to do with framing or Host. */
export interface Excuse {
  peer: string;
  because: string;
  applies(bytes: string, passage: Passage): boolean;
}

export const excuses: readonly Excuse[] = [
  {
    peer: "nginx",
    because: "it serves no request for the server as a whole",
    applies: (bytes) => /^(\r\n)?OPTIONS \S/m.test(bytes),
  },
  {
    peer: "nginx",
    because: "it takes methods of capitals, '-' and '_' only",
    applies: (bytes) =>
      [...bytes.matchAll(/^(\S+) \S+ HTTP\/1/gm)].some(([, method = ""]) => /[^A-Z_-]/.test(method)),
  },
  {
    peer: "nginx",
    because: "it answers no TRACE, whatever its fields say",
    applies: (bytes, { statuses }) => statuses.includes(405) && /^TRACE /m.test(bytes),
  },
  {
    peer: "nginx",
    because: "its limits for a line and a head are lower than ours",
    applies: (bytes, { statuses }) => statuses.includes(414) || bytes.length > 32_000,
  },
  {
    peer: "nginx",
    because: "it wants one Expect at most also in HTTP/1.0, where it means nothing and goes no further",
    applies: (bytes) => [...bytes.matchAll(/^expect:/gim)].length > 1,
  },
  {
    peer: "haproxy",
    because: "its limits for fields and a head are lower than ours",
    applies: (bytes) => bytes.split("\r\n").length > 101 || bytes.length > 15_000,
  },
  {
    peer: "haproxy",
    because: "it wants the key that belongs to a WebSocket's handshake",
    applies: (bytes) => /^upgrade:/im.test(bytes) && /websocket/i.test(bytes),
  },
];
