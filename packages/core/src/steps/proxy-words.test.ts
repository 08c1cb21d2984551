import { expect, test } from "vitest";
import { aProxyRun } from "../plan/builders.fixture.ts";
import { proxyWords } from "./proxy-words.ts";

test("a proxy of which the file says nothing is told nothing", () => {
  expect(proxyWords(aProxyRun())).toEqual(["run"]);
});

test("a proxy is told where its certificates come from", () => {
  const acme = {
    directory: "https://ca.internal/directory",
    email: "-ops@shop.example",
    authorities: "-----BEGIN CERTIFICATE-----\n",
    challenges: ["tls-alpn-01" as const, "http-01" as const],
  };
  expect(proxyWords({ ...aProxyRun(), metricsPort: 9000, debug: true, acme })).toEqual([
    "run",
    ...[
      "--metrics-port",
      "9000",
      "--request-log",
      "all",
      "--acme-directory",
      "https://ca.internal/directory",
    ],
    "--acme-email=-ops@shop.example",
    "--acme-authorities=-----BEGIN CERTIFICATE-----\n",
    ...["--acme-challenges", "tls-alpn-01,http-01"],
  ]);
});
