import fc from "fast-check";
import { expect, it } from "vitest";
import { Redactor } from "./redact.ts";

function hiding(...values: string[]): Redactor {
  const redactor = new Redactor();
  for (const value of values) redactor.learn(value);
  return redactor;
}

it.each([
  ["as it is", 'p"a ss/w%rd', 'p"a ss/w%rd'],
  ["in JSON", 'p"a\nss', JSON.stringify({ x: 'p"a\nss' }).slice(6, -2)],
  ["in JSON in JSON", 'p"a\nss', JSON.stringify(JSON.stringify('p"a\nss')).slice(3, -3)],
  ["in base64", "hunter2secret", "aHVudGVyMnNlY3JldA=="],
  ["in an address", "a b/c&d", "a%20b%2Fc%26d"],
  ["in a form", "a b/c&d", "a+b%2Fc%26d"],
])("hides a secret %s", (_, value, form) => {
  expect(hiding(value).redact(`before ${form} after`)).toBe("before [REDACTED] after");
});

it("hides each telling line of a longer secret", () => {
  const key = "-----BEGIN-----\nMIIEvQIBADANBg\nshort\n-----END-----";
  expect(hiding(key).redact("log: MIIEvQIBADANBg\nshort")).toBe("log: [REDACTED]\nshort");
});

it("hides the longer of two secrets that share a beginning", () => {
  expect(hiding("secret", "secret-longer").redact("secret-longer secret")).toBe("[REDACTED] [REDACTED]");
});

it("leaves values alone that are everywhere", () => {
  expect(hiding("1", "yes").redact("1 host, yes")).toBe("1 host, yes");
});

it("leaves no secret in any text around it", () => {
  const telling = fc.string({ minLength: 4, maxLength: 40 }).filter((value) => !"[REDACTED]".includes(value));
  fc.assert(
    fc.property(telling, fc.string(), fc.string(), (value, before, after) => {
      const redacted = hiding(value).redact(`${before}${value}${after}`);
      return !redacted.replaceAll("[REDACTED]", "\u0000").includes(value);
    }),
    { seed: 7 },
  );
});
