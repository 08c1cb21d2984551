import { expect, test } from "vitest";
import { pairFault } from "./pair.ts";
import { selfSigned } from "./testing/self-signed.ts";

const [one, other] = [selfSigned("a.example"), selfSigned("a.example")];

test("takes a certificate with its key", () => expect(pairFault(one)).toBeNull());

test.each([
  ["a certificate that is none", { ...one, certificate: "x" }, "certificate"],
  ["a key that is none", { ...one, privateKey: "x" }, "privateKey"],
  ["the key of another certificate", { ...one, privateKey: other.privateKey }, "privateKey"],
  [
    "the two the wrong way round",
    { certificate: one.privateKey, privateKey: one.certificate },
    "certificate",
  ],
])("refuses %s, naming the part", (_, pair, part) => expect(pairFault(pair)).toMatchObject({ part }));
