import { expect, test } from "vitest";
import { offeredProtocols } from "./client-hello.ts";
import { clientHello } from "./testing/client-hello.ts";

const hello = await clientHello({ protocols: ["h2", "acme-tls/1"], servername: "a.example" });

test("finds the protocols that a client offers", () =>
  expect(offeredProtocols(hello)).toEqual(["h2", "acme-tls/1"]));

test("waits while bytes are missing", () => {
  for (let length = 0; length < hello.length; length++) {
    expect(offeredProtocols(hello.subarray(0, length))).toBeNull();
  }
});

test("takes what speaks no TLS for a client that offers none", () =>
  expect(offeredProtocols(Buffer.from("GET / HTTP/1.1\r\n"))).toEqual([]));

test("survives lengths that point anywhere", () => {
  for (let at = 5; at < hello.length; at++) {
    const bent = Buffer.from(hello);
    bent[at] = 0xff;
    expect(() => offeredProtocols(bent)).not.toThrow();
  }
});
