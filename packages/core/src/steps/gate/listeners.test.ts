import { expect, test } from "vitest";
import { parseListeners } from "./listeners.ts";

const HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid";

function table(...addresses: string[]): string {
  return [
    HEAD,
    ...addresses.map((address, index) => `   ${index}: ${address} 00000000:0000 0A 00000000:00000000`),
  ].join("\n");
}

test("a port on every address can be reached", () => {
  expect(parseListeners(table("00000000:0BB8"))).toEqual([{ port: 3000, loopbackOnly: false }]);
});

test("a port on 127.0.0.1 cannot be reached from outside", () => {
  expect(parseListeners(table("0100007F:0BB8"))).toEqual([{ port: 3000, loopbackOnly: true }]);
});

test("::1 and the mapped 127.0.0.1 are loopback too", () => {
  const six = table("00000000000000000000000001000000:0BB8", "0000000000000000FFFF00000100007F:0BB9");
  expect(parseListeners(six)).toEqual([
    { port: 3000, loopbackOnly: true },
    { port: 3001, loopbackOnly: true },
  ]);
});

test("a port on both loopback and another address can be reached", () => {
  expect(parseListeners(table("0100007F:0BB8", "020011AC:0BB8"))).toEqual([
    { port: 3000, loopbackOnly: false },
  ]);
});

test("Docker's own name server is not the app's", () => {
  expect(parseListeners(table("0B00007F:A0C5"))).toEqual([]);
});

test("open connections are no listeners", () => {
  expect(parseListeners(`${HEAD}\n 0: 020011AC:0BB8 030011AC:D431 01 00000000:00000000`)).toEqual([]);
});
